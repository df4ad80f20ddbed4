"""The recipes of docs/deployment.md for carrying logs by other tools: rsync, git, Syncthing."""

import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import unittest

from .desk import LOGGIST, ROOT, Desk


def recipe(name):
    """What docs/deployment.md has under that mark, as it stands there."""
    page = (ROOT / "docs" / "deployment.md").read_text()
    mark = f"<!-- recipe: {name} -->\n```"
    block = page[page.index(mark) + len(mark):]
    return block[block.index("\n") + 1: block.index("```")]


class Roads(Desk):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.ward = self.folder / "ward"
        self.loggist("init", "--store", self.ward, "--node", "WARD", "--zone", "Africa/Lagos")
        self.loggist("new", "printer in Ward A")
        self.at(self.ward, "new", "WLAN is down")

    def at(self, store, command, *words, **options):
        return self.loggist(command, "--store", store, *words, **options)

    def run_recipe(self, name, status=0, **variables):
        program = os.path.dirname(LOGGIST)
        env = {**self.env, "PATH": f"{program}:{self.env['PATH']}", **{k: str(v) for k, v in variables.items()}}
        done = subprocess.run(["sh", "-eu", "-c", recipe(name)], env=env, cwd=self.folder, capture_output=True,
                              text=True, stdin=subprocess.DEVNULL, timeout=120)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def log(self, store, node):
        return {path.name: path.read_bytes() for path in (store / "nodes" / node).iterdir()
                if path.suffix == ".jsonl" or path.name == "node.json"}

    def assert_same(self, *stores, nodes=("INC", "WARD")):
        for node in nodes:
            for store in stores[1:]:
                self.assertEqual(self.log(store, node), self.log(stores[0], node))
        for store in stores:
            self.assertIn("every digest and every link holds", self.at(store, "verify"))

    @unittest.skipUnless(shutil.which("rsync"), "rsync is not installed")
    def test_rsync(self):
        there = {"STORE": self.store, "NODE": "INC", "OTHER": self.ward}
        back = {"STORE": self.ward, "NODE": "WARD", "OTHER": self.store}

        def carry():
            self.run_recipe("rsync", **there)
            self.run_recipe("rsync", **back)

        (self.folder / "shot.txt").write_text("what Sokolova saw")
        self.loggist("evidence", "add", "INC-1", "shot.txt")
        carry()
        self.assert_same(self.store, self.ward)
        self.assertEqual(self.at(self.ward, "evidence", "check"), "1 file is whole.\n")
        self.loggist("add", "INC-1", "note", "more")
        self.at(self.ward, "add", "INC-1", "note", "from the ward")
        carry()
        self.assert_same(self.store, self.ward)
        self.assertFalse((self.ward / "nodes" / "INC" / "lock").exists())
        # A blanked line has its old length, and travels all the same.
        self.loggist("redact", "INC.3", "--reason", "a name", "--yes")
        carry()
        self.assertEqual(self.log(self.ward, "INC"), self.log(self.store, "INC"))
        # A machine that was set back to an old back-up does not cut its copy elsewhere.
        whole = self.log(self.ward, "INC")
        segment = next((self.store / "nodes" / "INC").glob("2*.jsonl"))
        segment.write_bytes(b"".join(segment.read_bytes().splitlines(keepends=True)[:2]))
        carry()
        self.assertEqual(self.log(self.ward, "INC"), whole)

    @unittest.skipUnless(shutil.which("git"), "git is not installed")
    def test_git(self):
        identity = {"GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "t",
                    "GIT_COMMITTER_EMAIL": "t@example.org"}
        shared = self.folder / "logs.git"
        subprocess.run(["git", "init", "-q", "--bare", shared], check=True)
        boxes = []
        for store, node in ((self.store, "INC"), (self.ward, "WARD")):
            box = self.folder / f"box-{node}"
            boxes.append({"STORE": store, "NODE": node, "BOX": box, "REMOTE": shared, **identity})
            self.run_recipe("git-setup", **boxes[-1])

        def carry():
            for box in boxes + boxes:
                self.run_recipe("git", **box)

        carry()
        self.assert_same(self.store, self.ward)
        # Both log while both carry: nobody's file is another's.
        for number in range(3):
            self.loggist("add", "INC-1", "note", f"here {number}")
            self.at(self.ward, "add", "INC-1", "note", f"there {number}")
            carry()
        self.assert_same(self.store, self.ward)
        self.loggist("add", "INC-1", "note", "written while git was at work")
        self.assertIn("every digest and every link holds", self.loggist("verify"))
        # What somebody alters in the repository is refused on arrival, and the log here stays.
        carry()
        path = next((boxes[0]["BOX"] / "nodes" / "WARD").glob("2*.jsonl"))
        path.write_bytes(path.read_bytes().replace(b"there 2", b"there 9"))
        before = self.log(self.store, "WARD")
        packed = subprocess.run([LOGGIST, "pack", "--store", boxes[0]["BOX"], "-"], env=self.env, capture_output=True,
                                stdin=subprocess.DEVNULL)
        self.assertEqual(packed.returncode, 1)
        self.assertIn(b"was altered", packed.stderr)
        self.assertEqual(self.log(self.store, "WARD"), before)

    def replace(self, name, lines):
        """As Syncthing 1.19 does it: a temporary file beside it, the old one taken away, the new one renamed."""
        folder = self.store / "nodes" / "WARD"
        folder.mkdir(mode=0o700, exist_ok=True)
        temporary = folder / f".syncthing.{name}.tmp"
        temporary.write_bytes(lines)
        temporary.chmod(0o600)
        (folder / name).unlink(missing_ok=True)
        temporary.rename(folder / name)

    def test_files_replaced_by_rename_are_followed(self):
        theirs = self.log(self.ward, "WARD")
        name = next(name for name in theirs if name != "node.json")
        self.at(self.ward, "add", "WARD-1", "note", "second")
        self.at(self.ward, "add", "WARD-1", "note", "third")
        lines = self.log(self.ward, "WARD")[name].splitlines(keepends=True)
        screen = self.screen()
        screen.wait("INC-1")
        complaints = tempfile.TemporaryFile()
        self.addCleanup(complaints.close)
        watches = [
            subprocess.Popen([LOGGIST, "watch", *options], env=self.env, stdout=subprocess.PIPE,
                             stderr=complaints, stdin=subprocess.DEVNULL)
            for options in ([], ["--json"])]
        seen = [[], []]
        for watch, lines_seen in zip(watches, seen):
            self.addCleanup(lambda w=watch: (w.kill(), w.communicate()))
            threading.Thread(target=lambda w=watch, s=lines_seen: s.extend(iter(w.stdout.readline, b"")),
                             daemon=True).start()
        # Both stand once they show an entry of this machine.
        self.until_all(seen, b"are we on", lambda: self.loggist("add", "INC-1", "note", "are we on", "--yes"))
        self.replace("node.json", theirs["node.json"])
        for count in range(2, len(lines) + 1):
            self.replace(name, b"".join(lines[:count]))
            text = json.loads(lines[count - 1])["entry"]["text"]
            self.until_all(seen, text.encode())
        screen.wait("WARD-1")
        for lines_seen in seen:
            shown = [line for line in lines_seen if b"second" in line]
            self.assertEqual(len(shown), 1, shown)
        self.assertNotIn("files have changed", screen.text())
        complaints.seek(0)
        self.assertEqual(complaints.read(), b"")
        # Syncthing's own files beside the log are none of ours, and no damage.
        (self.store / "nodes" / "WARD" / ".stfolder").mkdir()
        self.assertIn("every digest and every link holds", self.loggist("verify"))

    def until_all(self, seen, text, act=None):
        end = time.monotonic() + 30
        while not all(any(text in line for line in lines) for lines in seen):
            self.assertLess(time.monotonic(), end, f"not seen: {text} in {seen}")
            if act:
                act()
            time.sleep(0.2)


class Drills(Roads):
    test_rsync = test_git = test_files_replaced_by_rename_are_followed = None

    @unittest.skipUnless(shutil.which("rsync"), "rsync is not installed")
    def test_a_back_up_while_somebody_logs_and_a_new_disk(self):
        backup = self.folder / "mnt" / "backup"
        names = {"STORE": self.store, "BACKUP": backup}
        (self.folder / "shot.txt").write_text("what it showed")
        self.loggist("evidence", "add", "INC-1", "shot.txt")
        with open(self.store / "config.yaml", "a") as config:
            config.write("hours: 24\n")
        # Somebody logs all the while.
        stop = threading.Event()

        def keep_logging():
            while not stop.is_set():
                subprocess.run([LOGGIST, "add", "--yes", "INC-1", "note", "meanwhile"], env=self.env,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

        thread = threading.Thread(target=keep_logging)
        thread.start()
        try:
            for _ in range(3):
                self.run_recipe("backup", **names)
        finally:
            stop.set()
            thread.join()
        self.assertIn("was changed since it was noted", self.run_recipe("drill", **names))
        self.assertIn("INC-1", self.run_recipe("drill", **names))
        # Later entries reach another desk and not the back-up; then the disk is lost.
        self.loggist("add", "INC-1", "note", "after the back-up")
        stick = self.folder / "stick"
        self.loggist("pack", stick)
        self.at(self.ward, "unpack", stick)
        lost = self.log(self.store, "INC")
        shutil.rmtree(self.store)
        self.run_recipe("restore", **names)
        self.at(self.ward, "pack", "--force", stick)
        self.assertIn("back in the log that is written here", self.loggist("unpack", stick))
        self.assertEqual(self.log(self.store, "INC"), lost)
        # It goes on under its old code, and nobody sees a fork.
        self.loggist("add", "INC-1", "note", "on the new disk")
        self.assertIn("every digest and every link holds", self.loggist("verify"))
        self.assertEqual(self.loggist("evidence", "check"), "1 file is whole.\n")
        self.loggist("pack", "--force", stick)
        self.assertIn("INC: 1 entry taken", self.at(self.ward, "unpack", stick))
        self.assert_same(self.store, self.ward, nodes=("INC",))

    @unittest.skipUnless(shutil.which("rsync"), "rsync is not installed")
    def test_the_drill_finds_what_any_log_of_the_back_up_has_lost(self):
        stick, backup = self.folder / "stick", self.folder / "backup"
        self.at(self.ward, "pack", stick)
        self.loggist("unpack", stick)
        names = {"STORE": self.store, "BACKUP": backup}
        self.run_recipe("backup", **names)
        self.assertIn("Nothing up to INC.2 and WARD.2 was changed", self.run_recipe("drill", **names))
        for node in ("INC", "WARD"):
            segment = next((backup / "nodes" / node).glob("2*.jsonl"))
            whole = segment.read_bytes()
            segment.write_bytes(b"".join(whole.splitlines(keepends=True)[:-1]))
            self.assertIn("1 missing", self.run_recipe("drill", status=1, **names))
            segment.write_bytes(whole)
        # A list without a head proves nothing, and does not pass for one that does.
        heads = self.folder / "backup.heads"
        heads.write_text("clean, 0 entries\n")
        self.assertIn("none was noted", self.run_recipe("drill", status=2, **names))

    def test_a_lost_node_goes_on_under_a_new_code(self):
        stick = self.folder / "stick"
        self.loggist("pack", stick)
        self.at(self.ward, "unpack", stick)
        shutil.rmtree(self.store)
        self.at(self.ward, "pack", "--force", stick)
        self.loggist("init", "--node", "INC2", "--zone", "Africa/Lagos")
        self.loggist("unpack", stick)
        self.loggist("add", "INC-1", "resolved", "by the new machine")
        self.assertIn("INC2.1", self.loggist("show", "INC-1"))
        self.loggist("pack", "--force", stick)
        self.at(self.ward, "unpack", stick)
        self.assertIn("by the new machine", self.at(self.ward, "timeline", "INC-1"))
