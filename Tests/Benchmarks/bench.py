"""Measures the release build from outside, through a pseudo-terminal, and prints a table for docs/benchmarks.md.

Usage: python3 Tests/Benchmarks/bench.py [path of loggist] [entries in the store]

Times are wall-clock milliseconds. `first paint` runs from before the fork to the moment when the screen's title stands
on the terminal; `key to paint` from before a letter is written to the terminal until that letter comes back, in the
line being typed. The reader drains the terminal all the time, so that the program never waits for it.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

from terminal import Terminal, row

LOGGIST = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/loggist")
ENTRIES = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
RATE = 50


def now():
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Stolen:
    """The share of this machine's time that its host gave to others: stolen time explains what no program did."""

    def __init__(self):
        self.before = self.read()

    @staticmethod
    def read():
        with open("/proc/stat") as file:
            return [int(field) for field in file.readline().split()[1:9]]

    def share(self):
        passed = [now - then for now, then in zip(self.read(), self.before)]
        return passed[7] / max(1, sum(passed))


class Writers:
    """Two other processes that log 50 entries a second between them, once both have read the log."""

    def __init__(self, env, incident):
        self.incident, self.stop = incident, False
        self.processes = [
            subprocess.Popen([LOGGIST, "add", "--json", "--each", "--yes"], env=env, stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, text=True, bufsize=1) for _ in range(2)]
        self.count = 0
        for process in self.processes:
            self.log(process, "the first entry from elsewhere")
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def log(self, process, text):
        """Returns when the entry was acknowledged."""
        line = {"kind": "note", "incident": self.incident, "text": text, "at": now()}
        process.stdin.write(json.dumps(line) + "\n")
        process.stdin.flush()
        process.stdout.readline()
        self.count += 1
        return time.perf_counter()

    def run(self):
        due = time.perf_counter()
        while not self.stop:
            self.log(self.processes[self.count % 2], "entry number %d from elsewhere" % self.count)
            due += 1 / RATE
            time.sleep(max(0, due - time.perf_counter()))

    def close(self):
        self.stop = True
        self.thread.join()
        for process in self.processes:
            process.stdin.close()
            process.wait()


def measure_commands(folder, env):
    # What the machine asks for a process and for a flush, in the same run: the rest is ours.
    starts, flushes, adds = [], [], []
    for _ in range(50):
        start = time.perf_counter()
        subprocess.run([LOGGIST, "--version"], env=env, check=True, stdout=subprocess.DEVNULL)
        starts.append((time.perf_counter() - start) * 1000)
    with open(folder + "/flushed", "ab", buffering=0) as file:
        for _ in range(200):
            start = time.perf_counter()
            file.write(b"x" * 299 + b"\n")
            os.fdatasync(file.fileno())
            flushes.append((time.perf_counter() - start) * 1000)
    for number in range(100 if ENTRIES <= 100_000 else 20):
        start = time.perf_counter()
        subprocess.run([LOGGIST, "add", "INC-1", "note", "number %d" % number], env=env, check=True,
                       stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        adds.append((time.perf_counter() - start) * 1000)
    row("a process: `loggist --version`", starts)
    row("a flush: 300 bytes and fdatasync", flushes)
    row("`loggist add`, process start and fdatasync included", adds)


def measure_echo(env):
    """A letter through the same pseudo-terminal and back by a program that does nothing else: what the machine takes."""
    terminal = Terminal(["sh", "-c", "stty raw -echo; printf ready; exec cat"], env)
    terminal.wait(b"ready")
    row("a letter's echo: `cat`, while they arrive", typed(terminal, 1000, 4))
    terminal.close()


def measure_start(env):
    paints, boards = [], []
    for _ in range(50):
        terminal = Terminal([LOGGIST], env)
        paints.append((terminal.wait(b"Loggist") - terminal.start) * 1000)
        boards.append((terminal.wait(b"INC-") - terminal.start) * 1000)
        terminal.close()
    row("start to first paint", paints)
    row("start to the board of the last weeks", boards)


def typed(terminal, count, seed):
    """Letters in the line being typed, and how long each took to come back."""
    randomness, keys = random.Random(seed), []
    for number in range(count + 30):
        if number % 50 == 49:
            terminal.send(b"\x15")
            terminal.drain(0.1)
        letter = bytes([randomness.choice(b"QXZ")])
        keys.append(terminal.answer(letter, letter))
        terminal.drain(randomness.uniform(0.005, 0.03))
    return keys[30:]


def measure_keys(terminal, name, seed):
    terminal.send(b"n")
    terminal.wait(b"phone rings")
    terminal.drain(0.3)
    row(name, typed(terminal, 1000, seed))
    terminal.send(b"\x15\x1b")
    terminal.settle(0.2, 2)


def measure_search(terminal):
    terminal.send(b"/")
    terminal.drain(0.3)
    letters, rare = [], []
    for word in ["printer", "queue", "checked", "restart", "vendor"] * 8:
        for letter in word.upper().encode():
            letters.append(terminal.answer(bytes([letter]), bytes([letter])))
            terminal.drain(0.01)
        terminal.send(b"\x15")
        terminal.drain(0.1)
    # Pasted, so that the hit's whole row is painted by one keystroke: the word lies anywhere in ten years.
    for number in range(50):
        word = b"needle%02d" % number
        took = terminal.answer_of(b"\x1b[200~%s\x1b[201~" % word, word + b" ha", b"0 found\x1b")
        # An entry that somebody struck is not found.
        if took is not None:
            rare.append(took)
        terminal.send(b"\x15")
        terminal.settle(0.1, 2)
    terminal.send(b"\x1b")
    terminal.settle(0.2, 2)
    row("search: a letter and its first hits", letters)
    row("search: the one hit of a rare word, anywhere in the log", rare)


def measure_others(terminal, writers):
    """From another process's acknowledgement to the screen, while the others go on."""
    seen = []
    # Two desks log on the incident that is open here: whole rows scroll, so the mark comes in one piece.
    for number in range(100):
        mark = "".join(chr(ord("A") + (number * 7 + 5 * place) % 26) for place in range(10))
        terminal.seen = b""
        process = writers.processes[0]
        acknowledged = writers.log(process, mark)
        seen.append(max(0, terminal.wait(mark.encode()) - acknowledged) * 1000)
        terminal.drain(0.02)
    row("another process's entry, from its acknowledgement to the screen", seen)


def main():
    folder = tempfile.mkdtemp(prefix="loggist-bench-")
    env = {**os.environ, "LOGGIST_STORE": folder + "/store", "XDG_STATE_HOME": folder + "/state",
           "HOME": folder, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    for name in ("LINES", "COLUMNS", "NO_COLOR"):
        env.pop(name, None)
    try:
        maker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_store.py")
        subprocess.run([sys.executable, maker, LOGGIST, folder + "/store", str(ENTRIES)], env=env, check=True)
        print("%d entries in the store\n" % ENTRIES)
        print("| what, in ms | n | p50 | p95 | p99 | max |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        stolen = Stolen()
        measure_commands(folder, env)
        measure_start(env)
        terminal = Terminal([LOGGIST], env)
        terminal.wait(b"INC-")
        while True:
            # Nothing more comes but the minute's clock when the whole log is in.
            terminal.seen = b""
            terminal.settle(1.5, 90)
            if b"%" not in terminal.seen:
                break
        whole = time.perf_counter() - terminal.start - 1.5
        measure_keys(terminal, "key to paint", 2)
        incident = subprocess.run([LOGGIST, "new", "--yes", "benchmark of the screens !1"], env=env, check=True,
                                  capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout.split()[0]
        writers = Writers(env, incident)
        terminal.drain(1)
        measure_echo(env)
        measure_keys(terminal, "key to paint while 50 entries a second arrive", 3)
        measure_search(terminal)
        # Where two desks log while one looks on.
        terminal.send(b":%s\r" % incident.encode())
        terminal.drain(1)
        writers.stop = True
        writers.thread.join()
        terminal.settle(0.3, 3)
        measure_others(terminal, writers)
        writers.close()
        terminal.settle(0.5, 3)
        before = terminal.ticks()
        terminal.drain(30)
        print("\nthe whole log was read after %.1f s; peak memory %d MB; idle for 30 s: %d ticks of CPU (10 ms each); "
              "%d entries came from two other processes; of the machine's time, %.1f %% went to other machines" % (
                  whole, terminal.memory(), terminal.ticks() - before, writers.count, 100 * stolen.share()))
        terminal.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
