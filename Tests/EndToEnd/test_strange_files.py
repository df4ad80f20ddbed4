"""A link where a file should be, and files that may not be read or written: said with a reason, nothing written outside the
store, and words that could not be logged come back."""

import hashlib
import os
import shutil
import subprocess
import unittest

from .desk import LOGGIST, Desk

NOBODY = 65534


class StrangeFiles(Desk):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.loggist("new", "printer down")
        self.segment = next(self.store.glob("nodes/INC/*.jsonl")).relative_to(self.store)

    def run_as(self, *arguments, user=None):
        return subprocess.run([LOGGIST, *map(str, arguments)], capture_output=True, text=True, env=self.env, timeout=60,
                              stdin=subprocess.DEVNULL, user=user, group=user, extra_groups=None if user is None else [],
                              cwd=self.folder)

    def put_link(self, name):
        """Puts a file or folder elsewhere, and a link in its place; returns where it lies now."""
        outside = self.folder / "outside"
        outside.mkdir(exist_ok=True)
        target = outside / name.name
        shutil.move(self.store / name, target)
        (self.store / name).symlink_to(target)
        return target

    @staticmethod
    def picture(folder):
        # Not the lock: it says who held it last.
        files = [path for path in [folder, *folder.rglob("*")] if path.is_file() and path.name != "lock"]
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    def test_links(self):
        nodes = self.store / "nodes"
        for name in ("store.json", "nodes", "nodes/INC", "nodes/INC/node.json", "nodes/INC/lock", self.segment):
            with self.subTest(str(name)):
                target = self.put_link(self.store.joinpath(name).relative_to(self.store))
                before = self.picture(target)
                done = self.run_as("add", "INC-1", "note", "--yes", "words that must not be lost")
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("words that must not be lost", done.stderr)
                self.assertNotIn("there is no incident", done.stderr)
                self.assertEqual(self.picture(target), before)
                doctor = self.run_as("doctor")
                self.assertEqual(doctor.returncode, 1, doctor.stdout)
                self.assertRegex(doctor.stdout, "symbolic link")
                (self.store / name).unlink()
                shutil.move(target, self.store / name)
                self.loggist("add", "INC-1", "note", "--yes", "and on it goes")
        self.assertTrue(nodes.is_dir())

    def test_a_linked_configuration_is_not_read(self):
        (self.folder / "other.yaml").write_text("desk: Elsewhere\n")
        (self.store / "config.yaml").unlink(missing_ok=True)
        (self.store / "config.yaml").symlink_to(self.folder / "other.yaml")
        self.loggist("add", "INC-1", "note", "logged all the same")
        self.assertNotIn("Elsewhere", self.loggist("config", "show"))
        self.assertIn("config.yaml", self.run_as("doctor").stdout)

    def test_nothing_is_kept_behind_a_link(self):
        picture = self.folder / "screen.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n")
        (self.store / "evidence").rmdir()
        outside = self.folder / "outside"
        outside.mkdir()
        (self.store / "evidence").symlink_to(outside)
        done = self.run_as("evidence", "add", "INC-1", picture)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("symbolic link", done.stderr)
        self.assertEqual(list(outside.iterdir()), [])
        self.assertIn("evidence: a symbolic link", self.run_as("doctor").stdout)

    def test_nothing_is_copied_behind_a_link(self):
        ward, outside, pack = self.folder / "ward", self.folder / "outside", self.folder / "pack"
        self.loggist("init", "--store", ward, "--node", "WARD", "--zone", "UTC")
        self.loggist("pack", "--store", ward, pack)
        outside.mkdir()
        (self.store / "sync").symlink_to(outside)
        done = self.run_as("unpack", pack)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(f"{self.store}/sync is a symbolic link, and is not followed", done.stderr)
        self.assertEqual(list(outside.iterdir()), [])
        self.assertFalse((self.store / "nodes" / "WARD").exists())
        self.assertIn("sync: a symbolic link", self.run_as("doctor").stdout)
        # It logs all the same.
        self.loggist("add", "INC-1", "note", "and on it goes")
        # Where the store lies may be one.
        (self.folder / "elsewhere").mkdir()
        (self.folder / "by-link").symlink_to(self.folder / "elsewhere")
        self.loggist("init", "--store", self.folder / "by-link", "--node", "LIFT", "--zone", "UTC")
        self.assertTrue((self.folder / "elsewhere" / "store.json").is_file())

    def test_a_file_that_is_written_out_takes_no_place_of_a_device_or_a_pipe(self):
        pipe, link = self.folder / "pipe", self.folder / "link"
        os.mkfifo(pipe)
        link.symlink_to(pipe)
        # Not a device: a program that fails here would take it away from the whole machine.
        for place in (pipe, link, self.folder):
            for command in (["pack", "--force", place], ["timeline", "INC-1", "--force", "-o", place]):
                with self.subTest(command):
                    done = self.run_as(*command)
                    self.assertEqual(done.returncode, 73, done.stderr)
                    self.assertIn(f"{place} is no plain file, and is not replaced by one", done.stderr)
        self.assertTrue(pipe.is_fifo() and link.is_symlink())

    @unittest.skipUnless(os.geteuid() == 0, "another account is needed")
    def test_what_another_account_may_not_read_or_write(self):
        self.folder.chmod(0o755)
        for path in [self.store, *self.store.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
        reached = subprocess.run(["test", "-x", LOGGIST], user=NOBODY, group=NOBODY)
        if reached.returncode != 0:
            self.skipTest("another account cannot reach the program")
        segment = self.store / self.segment
        cases = [(self.store, 0o500), (segment.parent, 0o500), (segment, 0o400), (segment, 0o000),
                 (self.store / "store.json", 0o000), (segment.parent / "lock", 0o000), (segment.parent, 0o000)]
        for path, mode in cases:
            with self.subTest("%s %o" % (path.relative_to(self.folder), mode)):
                kept = path.stat().st_mode & 0o777
                before = self.picture(self.store)
                path.chmod(mode)
                done = self.run_as("add", "INC-1", "note", "--yes", "words that must not be lost", user=NOBODY)
                path.chmod(kept)
                if done.returncode == 0:
                    # What is missing is not needed to log: the words stand there.
                    self.assertIn("words that must not be lost", segment.read_text())
                else:
                    self.assertIn(done.returncode, (1, 73, 74), done.stderr)
                    self.assertIn("words that must not be lost", done.stderr)
                    self.assertNotIn("there is no incident", done.stderr)
                    self.assertEqual(self.picture(self.store), before)
                done = self.run_as("add", "INC-1", "note", "--yes", "and on it goes", user=NOBODY)
                self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.run_as("verify", user=NOBODY).returncode, 0)

    def test_a_store_that_everybody_may_write(self):
        for path in (self.store, self.store / "nodes" / "INC", self.store / self.segment):
            with self.subTest(str(path.relative_to(self.folder))):
                mode = path.stat().st_mode & 0o777
                path.chmod(mode | 0o002)
                done = self.run_as("add", "INC-1", "note", "--yes", "words that must not be lost")
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("words that must not be lost", done.stderr)
                path.chmod(mode)
                self.loggist("add", "INC-1", "note", "--yes", "and on it goes")


class CutRedactions(Desk):
    """On the command line as on the screen: drafts about the entry go, and what was cut off is finished."""

    def setUp(self):
        super().setUp()
        self.make_store()
        self.loggist("new", "printer down")
        self.loggist("add", "INC-1", "observation", "patient Sokolova is on the list")

    def holders(self):
        return [path for path in self.folder.rglob("*") if path.is_file() and b"Sokolova" in path.read_bytes()]

    def test_drafts_go_with_the_entry(self):
        drafts = self.folder / "state" / "loggist" / "drafts"
        screen = self.screen()
        screen.wait("patient Sok")
        screen.press("Enter")
        screen.wait("Sokolova")
        screen.press("=")
        screen.wait("how should it read?")
        screen.type(" twice")
        screen.press("Escape")
        screen.wait(lambda _: any(b"Sokolova" in path.read_bytes() for path in drafts.glob("*.draft")))
        screen.press("C-q")
        screen.wait_for_end()
        self.loggist("redact", "INC.3", "--reason", "a patient's name", "--yes")
        self.assertEqual(self.holders(), [])

    def test_a_redaction_that_was_cut_off_is_finished(self):
        segment = next(self.store.glob("nodes/INC/*.jsonl"))
        before = segment.read_bytes()
        self.loggist("redact", "INC.3", "--reason", "a patient's name", "--yes")
        # What a kill between the entry and the deed leaves.
        segment.write_bytes(before + segment.read_bytes()[len(before):])
        self.assertNotEqual(self.holders(), [])
        said = self.loggist("verify", status=1)
        self.assertIn("redacted: nodes/INC/", said)
        self.assertIn("whose text still stands here: loggist redact INC.3", said)
        self.loggist("redact", "INC.3", "--reason", "again", "--yes")
        self.assertIn("finished", self.errors)
        self.assertEqual(self.holders(), [])
        self.assertIn("clean, ", self.loggist("verify"))


if __name__ == "__main__":
    unittest.main()
