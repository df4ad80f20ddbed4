"""The real program, whose system calls fail: a status that says so, the text back, nothing acknowledged lost, and work
goes on afterwards. Tests/EndToEnd/shim/faults.c stands between the program and libc: every call of a kind fails in turn.
"""

import concurrent.futures
import errno
import itertools
import json
import os
import pathlib
import queue
import shutil
import subprocess
import unittest

from .desk import LOGGIST, ROOT, Desk

CALLS = ["write", "pwrite", "fdatasync", "fsync", "rename", "open"]
SAMPLE = ROOT / "data" / "import" / "uci-servicenow"


def compiler():
    """A C compiler: the system's, else the one that every Swift toolchain brings."""
    return shutil.which("cc") or str(pathlib.Path(shutil.which("swift")).resolve().parent / "clang")


class Case(unittest.TestCase):
    """One call that fails, in a copy of a prepared store: what several threads may try at once."""

    def __init__(self, pristine, folder, shim, env):
        super().__init__()
        self.pristine, self.folder, self.shim = pristine, folder, shim
        self.store = folder / "store"
        self.env = dict(env, LOGGIST_STORE=str(self.store))

    def restore(self):
        shutil.rmtree(self.store, ignore_errors=True)
        shutil.copytree(self.pristine, self.store, symlinks=True)

    def run_program(self, *command, env=None):
        return subprocess.run(
            [LOGGIST, *command], stdin=subprocess.DEVNULL, capture_output=True, text=True, env=env or self.env,
            timeout=120, cwd=self.folder)

    def faulty(self, command, **fault):
        counts = self.folder / "counts"
        counts.unlink(missing_ok=True)
        env = dict(self.env, LD_PRELOAD=str(self.shim), FAULT_UNDER=str(self.store), FAULT_COUNTS=str(counts),
                   **{f"FAULT_{name.upper()}": str(value) for name, value in fault.items()})
        done = self.run_program(*command, env=env)
        made = dict(line.split() for line in counts.read_text().splitlines())
        return done, {name: int(count) for name, count in made.items()}

    def entries(self):
        found = []
        for path in sorted(self.store.glob("nodes/*/*.jsonl")):
            for line in path.read_bytes().split(b"\n"):
                try:
                    found.append(json.loads(line))
                except ValueError:
                    pass
        return found

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
        again = self.run_program("add", "INC-1", "note", "and on it goes")
        self.assertEqual(again.returncode, 0, what + again.stderr)
        texts = [entry["entry"].get("text", "") for entry in self.entries()]
        self.assertIn("and on it goes", texts, what)
        if done.returncode == 0 and needs_text:
            titles = [entry["entry"].get("title", "") for entry in self.entries()]
            self.assertIn("words that must not be lost", texts + titles, what)
        report = self.run_program("verify")
        for word in ("altered", "missing", "two lines"):
            self.assertNotIn(word, report.stdout, what)


class FailingCalls(Desk):
    def setUp(self):
        super().setUp()
        self.shim = self.folder / "faults.so"
        source = pathlib.Path(__file__).parent / "shim" / "faults.c"
        subprocess.run([compiler(), "-shared", "-fPIC", "-O1", "-o", self.shim, source, "-ldl"], check=True)
        self.make_store()
        self.loggist("new", "pharmacy down")
        # Its head only: a file of a real desk.
        rows = (SAMPLE / "sample200.csv").read_text().splitlines(keepends=True)
        self.table = self.folder / "table.csv"
        self.table.write_text("".join(rows[:40]))

    def case(self, name):
        folder = self.folder / name
        folder.mkdir()
        return Case(self.store, folder, self.shim, self.env)

    def try_every_call(self, command, needs_text, check=Case.check):
        first = self.case("first")
        first.restore()
        done, counts = first.faulty(command)
        self.assertEqual(done.returncode, 0, done.stderr)
        # The shim bites: the program's writes and flushes went through it.
        self.assertGreaterEqual(counts["write"], 1)
        self.assertGreaterEqual(counts["fdatasync"], 1)
        self.assertGreaterEqual(counts["open"], 3)
        # A process mostly waits, for its start and for the disk: twice as many as there are processors.
        workers = 2 * (os.cpu_count() or 1)
        free = queue.SimpleQueue()
        for number in range(workers):
            free.put(self.case(f"case{number}"))

        def attempt(fault):
            call, number, error, sticky = fault
            what = f"{command[0]}: {call} {number}, {errno.errorcode[error]}, {'for good' if sticky else 'once'}"
            case = free.get()
            try:
                case.restore()
                before = len(case.entries())
                done, _ = case.faulty(command, call=call, number=number, errno=error, sticky=sticky)
                check(case, done, before, call, needs_text, what)
                return what, done.returncode != 0, None
            except Exception as problem:
                return what, True, problem
            finally:
                free.put(case)

        faults = [
            (call, *rest) for call in CALLS
            for rest in itertools.product(range(counts[call]), (errno.ENOSPC, errno.EIO), (0, 1))]
        with concurrent.futures.ThreadPoolExecutor(workers) as pool:
            tried = list(pool.map(attempt, faults))
        for what, _, problem in tried:
            with self.subTest(what):
                if problem:
                    raise problem
        failed = sum(ended for _, ended, _ in tried)
        print(f"{command[0]}: {len(tried)} failing calls tried, {failed} of them ended the command")
        self.assertGreater(failed, 0)

    def test_add(self):
        self.try_every_call(["add", "INC-1", "note", "words that must not be lost"], True)

    def test_new(self):
        self.try_every_call(["new", "words that must not be lost"], True)

    def test_redact(self):
        """The words are there as long as the redaction is none, and nowhere once it is done or finished."""
        self.loggist("add", "INC-1", "note", "Sokolova " * 200)
        command = ["redact", "INC.3", "--reason", "a patient's name", "--yes"]

        def holders(case):
            return [path for path in case.store.rglob("*") if path.is_file() and b"Sokolova" in path.read_bytes()]

        def check(case, done, before, call, needs_text, what):
            expected = (0, 1, 73, 74) if call == "open" else (0, 1, 74, 73)
            self.assertIn(done.returncode, expected, what)
            if done.returncode == 0:
                self.assertEqual(holders(case), [], what)
            elif call != "fdatasync":
                # Where a flush failed they are gone from what is read, and nobody knows of the platter.
                self.assertNotEqual(holders(case), [], what + done.stderr)
            again = case.run_program(*command)
            self.assertIn(again.returncode, (0, 1), what)
            self.assertEqual(holders(case), [], what)
            report = case.run_program("verify")
            self.assertEqual(report.returncode, 0, what)
            self.assertIn("clean", report.stdout, what)

        self.try_every_call(command, False, check)

    def test_import(self):
        self.try_every_call(["import", str(self.table), "--map", str(SAMPLE / "events.yaml")], False)


if __name__ == "__main__":
    unittest.main()
