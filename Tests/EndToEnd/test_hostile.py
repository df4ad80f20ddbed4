"""Hands, lines and machines at their worst, through a pseudo-terminal: the terminal is given back, the log is whole, what
was acknowledged is in it, and what was typed is in it or in a draft.

LOGGIST_HOSTILE says how often (1 in `make test`, more in `make torture`), LOGGIST_HOSTILE_SEED where chance begins.
"""

import json
import os
import random
import signal
import time
import unittest

from .desk import Desk
from .hostile import Pty, garbage

ROUNDS = int(os.environ.get("LOGGIST_HOSTILE", "1"))
SEED = int(os.environ.get("LOGGIST_HOSTILE_SEED", "1"))

# What the manual page says it ends with.
STATUS = {
    signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGINT: 130,
    signal.SIGQUIT: 143, signal.SIGSEGV: -signal.SIGSEGV, signal.SIGKILL: -signal.SIGKILL,
}


class Hostile(Desk):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.loggist("new", "printer in Ward A #ward-a")
        self.drafts = self.folder / "state" / "loggist" / "drafts"
        self.env["EDITOR"] = "true"

    def start(self, rows=24, columns=100):
        program = Pty(self.env, self.folder, rows, columns)
        self.addCleanup(program.close)
        program.wait(b"INC-1")
        return program

    def texts(self):
        return [line["entry"].get("text") or "" for line in self.lines()]

    def kept(self):
        """What the drafts hold."""
        return [json.loads(path.read_text())["text"] for path in self.drafts.glob("*.draft")]

    def check(self, program, was_killed=False):
        """After the end: the terminal as it was, the log whole."""
        if not was_killed:
            self.assertEqual(program.modes_now(), program.modes, "the terminal's modes")
            self.assertTrue(program.leaves_the_alternate_screen(), "the alternate screen")
        self.loggist("verify")

    def test_any_bytes(self):
        count = 0
        for number in range(2 * ROUNDS):
            chance = random.Random(SEED * 1000 + number)
            with self.subTest(seed=SEED * 1000 + number):
                program = self.start(chance.randrange(3, 60), chance.randrange(20, 200))
                size = chance.choice([500, 5_000, 30_000])
                data = garbage(chance, size)
                while data:
                    cut = chance.randrange(1, 2_000)
                    if not program.send(data[:cut]):
                        break
                    data = data[cut:]
                    if chance.random() < 0.2:
                        program.size(chance.randrange(1, 60), chance.randrange(1, 200))
                count += size
                self.leave(program)
        print(f"\nany bytes: {count} in {2 * ROUNDS} sessions")

    def leave(self, program):
        """Ends it by hand, whatever it is in: behind a torn paste and a torn sequence."""
        program.send(b"\x1b[201~")
        end = time.monotonic() + 30
        while not program.ended() and time.monotonic() < end:
            program.send(b"\x1b[201~\x11")
            try:
                program.wait(program.ended, 0.5)
            except AssertionError:
                # Something has the keys: a string that is not ended, a line that is being logged.
                program.send(b"\x1b\\\r")
        self.assertEqual(program.wait_for_end(), 0)
        self.check(program)

    def test_a_paste_of_a_megabyte(self):
        for number in range(ROUNDS):
            with self.subTest(number):
                program = self.start()
                program.send(b"n")
                program.wait(b"the phone rings")
                program.send(b"\x15\x1b[200~" + b"long words " * 95_000 + b"END\x1b[201~", 60)
                self.wait_for(lambda: any(text.endswith("END") for text in self.kept()), program)
                kept = next(text for text in self.kept() if text.endswith("END"))
                self.assertEqual(len(kept), 95_000 * 11 + 3)
                self.leave(program)
        print(f"\npastes of a megabyte: {ROUNDS}")

    def test_a_storm_of_sizes(self):
        count = 300 * ROUNDS
        chance = random.Random(SEED)
        program = self.start()
        program.send(b"n")
        program.wait(b"the phone rings")
        program.send(b"\x15still being typed")
        for _ in range(count):
            program.size(chance.randrange(0, 120), chance.randrange(0, 300))
        program.mark()
        program.size(30, 90)
        program.wait(b"still being typed")
        program.send(b"\r")
        self.wait_for(lambda: "still being typed" in self.texts(), program)
        self.leave(program)
        print(f"\nsizes: {count}")

    def test_a_terminal_that_stops_reading(self):
        for number in range(ROUNDS):
            with self.subTest(number):
                program = self.start(60, 200)
                program.send(b"n")
                program.wait(b"the phone rings")
                program.reads.clear()
                # Until neither side can go on: the terminal's buffers are full.
                # Short lines: what is held back is worked off key by key, and a long line costs more at each.
                while program.send(b"\x15" + b"x" * 100, 1.5):
                    program.size(60 + number % 2, 200)
                program.reads.set()
                # What was held back comes first; on a busy machine that takes its time.
                self.assertTrue(program.send(b"\x15" + b"it goes on %d" % number, 120))
                program.wait(b"it goes on %d" % number, 120)
                program.send(b"\r")
                self.wait_for(lambda: f"it goes on {number}" in self.texts(), program)
                self.leave(program)
        print(f"\nterminals that stopped reading: {ROUNDS}")

    def test_a_hang_up_on_a_terminal_that_does_not_read(self):
        program = self.start()
        program.send(b"n")
        program.wait(b"the phone rings")
        program.send(b"\x15gone with the line")
        program.wait(b"gone with the line")
        program.reads.clear()
        program.kill(signal.SIGHUP)
        self.wait_for(lambda: "gone with the line" in self.kept(), program)
        program.reads.set()
        self.assertEqual(program.wait_for_end(), 129)
        self.check(program)

    def test_signals_at_any_moment(self):
        counts, acknowledged = {}, 0
        for number in range(2 * ROUNDS):
            for which in STATUS:
                seed = SEED * 1000 + number
                with self.subTest(signal=which.name, seed=seed):
                    acknowledged += self.interrupt(which, random.Random(f"{seed} {which}"))
                    counts[which.name] = counts.get(which.name, 0) + 1
        print(f"\nsignals: {counts}, {acknowledged} entries acknowledged before them, none lost")

    def interrupt(self, which, chance):
        """Logs and types, and is interrupted somewhere; returns how many entries were acknowledged."""
        program = self.start()
        program.send(b"\r")
        # The footer of an incident.
        program.wait(b"observed")
        logged = []
        for place in range(chance.randrange(1, 4)):
            words = f"entry {chance.randrange(10**9)}"
            program.mark()
            program.send(b"n\x15" + words.encode())
            program.wait(words.encode())
            program.mark()
            program.send(b"\r")
            program.wait(b"logged ")
            logged.append(words)
        kind = chance.choice(["line", "entry"])
        typed = f"typed {chance.randrange(10**9)}"
        program.mark()
        program.send(b"n\x15" + typed.encode())
        program.wait(typed.encode())
        if which in (signal.SIGKILL, signal.SIGSEGV):
            # Nothing can be written in the end: it has to be there already, half a second after the key.
            began = time.monotonic()
            self.wait_for(lambda: typed in self.kept(), program)
            self.assertLess(time.monotonic() - began, 5)
        if kind == "entry":
            program.send(b"\r")
        program.kill(which)
        self.assertEqual(program.wait_for_end(), STATUS[which])
        self.check(program, was_killed=which == signal.SIGKILL)
        texts = self.texts()
        for words in logged:
            self.assertEqual(texts.count(words), 1, words)
        self.assertIn(typed, texts + self.kept())
        program.close()
        for path in self.drafts.glob("*.draft"):
            path.unlink()
        return len(logged)

    def test_stop_and_go_on_at_any_moment(self):
        count = 4 * ROUNDS
        chance = random.Random(SEED)
        program = self.start()
        program.send(b"n")
        program.wait(b"the phone rings")
        program.send(b"\x15not lost")
        program.wait(b"not lost")
        for _ in range(count):
            which = chance.choice([signal.SIGTSTP, signal.SIGSTOP])
            program.mark()
            program.kill(which)
            program.wait(program.stopped)
            if which == signal.SIGTSTP:
                self.assertEqual(program.modes_now(), program.modes)
                self.assertIn("not lost", self.kept())
            program.kill(signal.SIGCONT)
            program.wait(b"not lost")
        program.send(b"\r")
        self.wait_for(lambda: "not lost" in self.texts(), program)
        self.leave(program)
        print(f"\nstops: {count}")

    def wait_for(self, holds, program, seconds=30):
        program.wait(holds, seconds)


if __name__ == "__main__":
    unittest.main()
