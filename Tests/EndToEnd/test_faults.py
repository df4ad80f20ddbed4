"""The real program, whose system calls fail: a status that says so, the text back, nothing acknowledged lost, and work
goes on afterwards. Tests/EndToEnd/shim/faults.c stands between the program and libc: every call of a kind fails in turn.
"""

import errno
import json
import os
import pathlib
import shutil
import subprocess
import unittest

from .desk import LOGGIST, ROOT, Desk

CALLS = ["write", "pwrite", "fdatasync", "fsync", "rename", "open"]
SAMPLE = ROOT / "data" / "import" / "uci-servicenow"


def compiler():
    """A C compiler: the system's, else the one that every Swift toolchain brings."""
    return shutil.which("cc") or str(pathlib.Path(shutil.which("swift")).resolve().parent / "clang")


class FailingCalls(Desk):
    def setUp(self):
        super().setUp()
        self.shim = self.folder / "faults.so"
        source = pathlib.Path(__file__).parent / "shim" / "faults.c"
        subprocess.run([compiler(), "-shared", "-fPIC", "-O1", "-o", self.shim, source, "-ldl"], check=True)
        self.make_store()
        self.loggist("new", "pharmacy down")
        self.pristine = self.folder / "pristine"
        shutil.copytree(self.store, self.pristine, symlinks=True)
        # Its head only: a file of a real desk.
        rows = (SAMPLE / "sample200.csv").read_text().splitlines(keepends=True)
        self.table = self.folder / "table.csv"
        self.table.write_text("".join(rows[:40]))

    def faulty(self, command, text=None, **fault):
        counts = self.folder / "counts"
        counts.unlink(missing_ok=True)
        env = dict(self.env, LD_PRELOAD=str(self.shim), FAULT_UNDER=str(self.store), FAULT_COUNTS=str(counts),
                   **{f"FAULT_{name.upper()}": str(value) for name, value in fault.items()})
        done = subprocess.run([LOGGIST, *command], input=text, capture_output=True, text=True, env=env, timeout=60,
                              cwd=self.folder)
        made = dict(line.split() for line in counts.read_text().splitlines())
        return done, {name: int(count) for name, count in made.items()}

    def restore(self):
        shutil.rmtree(self.store)
        shutil.copytree(self.pristine, self.store, symlinks=True)

    def entries(self):
        found = []
        for path in sorted(self.store.glob("nodes/*/*.jsonl")):
            for line in path.read_bytes().split(b"\n"):
                try:
                    found.append(json.loads(line))
                except ValueError:
                    pass
        return found

    def try_every_call(self, command, needs_text, check=None):
        tried = failed = 0
        self.restore()
        done, counts = self.faulty(command)
        self.assertEqual(done.returncode, 0, done.stderr)
        # The shim bites: the program's writes and flushes went through it.
        self.assertGreaterEqual(counts["write"], 1)
        self.assertGreaterEqual(counts["fdatasync"], 1)
        self.assertGreaterEqual(counts["open"], 3)
        for call in CALLS:
            for number in range(counts[call]):
                for error in (errno.ENOSPC, errno.EIO):
                    for sticky in (0, 1):
                        what = f"{command[0]}: {call} {number}, {errno.errorcode[error]}, {'for good' if sticky else 'once'}"
                        with self.subTest(what):
                            self.restore()
                            before = len(self.entries())
                            done, _ = self.faulty(command, call=call, number=number, errno=error, sticky=sticky)
                            tried += 1
                            failed += done.returncode != 0
                            (check or self.check)(done, before, call, needs_text, what)
        print(f"{command[0]}: {tried} failing calls tried, {failed} of them ended the command")
        self.assertGreater(failed, 0)

    def check(self, done, before, call, needs_text, what):
        said = done.stdout + done.stderr
        # A store that cannot be opened at all is an ordinary failure: nothing was begun.
        expected = (0, 1, 73, 74) if call == "open" else (0, 73, 74)
        self.assertIn(done.returncode, expected, f"{what}: {said}")
        if done.returncode != 0:
            self.assertTrue(done.stderr.strip(), what)
            self.assertNotIn("there is no incident", said, what)
            if needs_text:
                self.assertIn("words that must not be lost", said, what)
        else:
            self.assertGreater(len(self.entries()), before, what)
        # It works again afterwards, without a repair, and what was acknowledged is there.
        self.loggist("add", "INC-1", "note", "and on it goes")
        texts = [entry["entry"].get("text", "") for entry in self.entries()]
        self.assertIn("and on it goes", texts, what)
        if done.returncode == 0 and needs_text:
            titles = [entry["entry"].get("title", "") for entry in self.entries()]
            self.assertIn("words that must not be lost", texts + titles, what)
        report = subprocess.run([LOGGIST, "verify"], capture_output=True, text=True, env=self.env)
        for word in ("altered", "missing", "two lines"):
            self.assertNotIn(word, report.stdout, what)

    def test_add(self):
        self.try_every_call(["add", "INC-1", "note", "words that must not be lost"], True)

    def test_new(self):
        self.try_every_call(["new", "words that must not be lost"], True)

    def test_redact(self):
        """The words are there as long as the redaction is none, and nowhere once it is done or finished."""
        self.loggist("add", "INC-1", "note", "Sokolova " * 200)
        shutil.rmtree(self.pristine)
        shutil.copytree(self.store, self.pristine, symlinks=True)
        command = ["redact", "INC.3", "--reason", "a patient's name", "--yes"]

        def holders():
            return [path for path in self.store.rglob("*") if path.is_file() and b"Sokolova" in path.read_bytes()]

        def check(done, before, call, needs_text, what):
            expected = (0, 1, 73, 74) if call == "open" else (0, 1, 74, 73)
            self.assertIn(done.returncode, expected, what)
            if done.returncode == 0:
                self.assertEqual(holders(), [], what)
            elif call != "fdatasync":
                # Where a flush failed they are gone from what is read, and nobody knows of the platter.
                self.assertNotEqual(holders(), [], what + done.stderr)
            again = subprocess.run([LOGGIST, *command], capture_output=True, text=True, env=self.env)
            self.assertIn(again.returncode, (0, 1), what)
            self.assertEqual(holders(), [], what)
            self.assertIn("clean", self.loggist("verify"), what)

        self.try_every_call(command, False, check)

    def test_import(self):
        self.try_every_call(["import", str(self.table), "--map", str(SAMPLE / "events.yaml")], False)


if __name__ == "__main__":
    unittest.main()
