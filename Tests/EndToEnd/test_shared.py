"""A store that several accounts share: two accounts of one group, whatever their umask, and one of another group."""

import os
import pathlib
import shutil
import subprocess
import unittest

from .desk import LOGGIST, Desk

GROUP, AMA, BEN, EVE = 64100, 64001, 64002, 64003


@unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "needs root and setpriv")
class Shared(Desk):
    def setUp(self):
        super().setUp()
        self.folder.chmod(0o755)
        # The program where every account finds it.
        self.program = self.folder / "loggist"
        shutil.copy(LOGGIST, self.program)
        self.home = {}
        for account in (AMA, BEN, EVE):
            self.home[account] = self.folder / str(account)
            self.home[account].mkdir(mode=0o700)
            os.chown(self.home[account], account, GROUP if account != EVE else EVE)
        # As the package makes it.
        self.store.mkdir()
        os.chown(self.store, 0, GROUP)
        self.store.chmod(0o2770)

    def as_(self, account, *words, umask=0o022, status=0):
        group = GROUP if account != EVE else EVE
        done = subprocess.run(
            ["setpriv", f"--reuid={account}", f"--regid={group}", "--clear-groups", "sh", "-c",
             f'umask {umask:o}; exec "$0" "$@"', self.program, *map(str, words)],
            env={**self.env, "HOME": str(self.home[account]), "XDG_STATE_HOME": str(self.home[account])},
            cwd=self.home[account], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_two_accounts_of_one_group_log_and_read_and_a_third_does_not(self):
        for maker in (AMA, 0):
            with self.subTest("made by " + ("a member" if maker else "root")):
                shutil.rmtree(self.store)
                self.store.mkdir()
                os.chown(self.store, 0, GROUP)
                self.store.chmod(0o2770)
                if maker:
                    self.as_(maker, "init", "--shared", "--node", "INC", "--zone", "UTC", umask=0o077)
                else:
                    self.loggist("init", "--shared", "--node", "INC", "--zone", "UTC")
                self.both_log()
                self.assert_group_writable()

    def both_log(self):
        self.as_(AMA, "new", "printer is down", umask=0o077)
        self.as_(BEN, "add", "INC-1", "note", "from ben", umask=0o002)
        shot = self.home[BEN] / "shot.txt"
        shot.write_text("what it showed")
        os.chown(shot, BEN, GROUP)
        self.as_(BEN, "evidence", "add", "INC-1", shot, umask=0o077)
        self.as_(AMA, "add", "INC-1", "note", "from ama", umask=0o022)
        shot.write_text("what it showed an hour later")
        self.as_(AMA, "redact", "INC.3", "--reason", "a name", "--yes")
        for account in (AMA, BEN):
            timeline = self.as_(account, "timeline", "INC-1")
            self.assertIn("from ama", timeline)
            self.assertIn("redacted (INC.6)", timeline)
            self.assertIn("1 file is whole", self.as_(account, "evidence", "check"))
            self.assertIn("every digest and every link holds", self.as_(account, "verify"))
        # Another machine's log, brought by the one and gone on with by the other.
        other, stick = self.folder / "other", self.folder / "stick"
        shutil.rmtree(other, ignore_errors=True)
        self.loggist("init", "--store", other, "--node", "WARD", "--zone", "UTC")
        for account in (AMA, BEN):
            self.loggist("new", "--store", other, f"lift {account}")
            self.loggist("pack", "--store", other, "--force", stick)
            stick.chmod(0o644)
            self.assertIn("2 entries taken", self.as_(account, "unpack", stick, umask=0o077))
        refused = self.as_(EVE, "list", status=1)
        self.assertIn("Permission denied", refused)
        self.assertIn("ask whom it belongs to for access", refused)
        self.as_(EVE, "add", "INC-1", "note", "x", status=1)

    def assert_group_writable(self):
        for path in [self.store, *self.store.rglob("*")]:
            status = path.lstat()
            self.assertEqual(status.st_gid, GROUP, path)
            self.assertEqual(status.st_mode & 0o7777, 0o2770 if path.is_dir() else 0o660, path)

    def test_what_everybody_may_write_is_refused_or_not_read_with_the_command_that_mends_it(self):
        self.loggist("init", "--shared", "--node", "INC", "--zone", "Africa/Lagos", "--desk", "The desk")
        self.loggist("new", "printer is down")
        shot = self.folder / "shot.txt"
        shot.write_text("x")
        for name, command in (("", "list"), ("store.json", "list"), ("nodes/INC", "list"), ("nodes/INC/node.json", "list"),
                              ("evidence", "evidence")):
            path = pathlib.Path(os.path.join(self.store, name)) if name else self.store
            mode = path.stat().st_mode & 0o7777
            path.chmod(mode | 0o002)
            words = ["add", "INC-1", shot] if command == "evidence" else []
            self.loggist(command, *words, status=1)
            self.assertEqual(
                self.errors, f"loggist: everybody may write {path}: take that away with 'chmod o-w {path}'\n")
            self.assertIn("everybody may write it", self.loggist("doctor", status=1))
            path.chmod(mode)
        # The configuration says who is called: it is not read, and that is said.
        config = self.store / "config.yaml"
        config.chmod(0o666)
        self.assertIn(f"so it is not read: take that away with 'chmod o-w {config}'",
                      self.loggist("config", "check", status=65) + self.errors)
        self.assertIn("so it is not read", self.loggist("doctor", status=1))
        # A line that everybody may write is passed over, and told.
        segment = next((self.store / "nodes" / "INC").glob("2*.jsonl"))
        segment.chmod(0o666)
        self.assertIn(f"nodes/INC/{segment.name}: everybody may write it", self.loggist("verify", status=1))
