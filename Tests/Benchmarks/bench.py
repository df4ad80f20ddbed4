"""Measures the release build from outside, through a pseudo-terminal, and prints a table for docs/benchmarks.md.

Usage: python3 Tests/Benchmarks/bench.py [path of loggist] [entries in the store]

Times are wall-clock. `first paint` runs from before the fork to the moment when the board's first row stands on the
terminal; `key to paint` from before a letter is written to the terminal until that letter comes back, in the line
being typed. The reader drains the terminal all the time, so that the program never waits for it.
"""

import fcntl
import json
import os
import pty
import random
import select
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

LOGGIST = sys.argv[1] if len(sys.argv) > 1 else ".build/release/loggist"
ENTRIES = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000


def nearest_rank(values, share):
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def row(name, values, unit="ms"):
    print("| %s | %d | %.1f | %.1f | %.1f | %.1f |" % (
        name, len(values), statistics.median(values), nearest_rank(values, 95),
        nearest_rank(values, 99), max(values)), flush=True)


class Terminal:
    def __init__(self, command, env):
        self.start = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.execvpe(command[0], command, env)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""

    def wait(self, wanted, seconds=20):
        """Reads until the bytes come; returns when."""
        end = time.perf_counter() + seconds
        while wanted not in self.seen:
            ready, _, _ = select.select([self.master], [], [], end - time.perf_counter())
            if not ready:
                raise SystemExit("not seen: %r\n%r" % (wanted, self.seen[-2000:]))
            self.seen += os.read(self.master, 65536)
        return time.perf_counter()

    def drain(self, seconds):
        end = time.perf_counter() + seconds
        while True:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.perf_counter()))
            if not ready:
                return
            os.read(self.master, 65536)

    def key(self, byte):
        """Milliseconds from the key to its own echo."""
        self.seen = b""
        start = time.perf_counter()
        os.write(self.master, byte)
        return (self.wait(byte) - start) * 1000

    def ticks(self):
        fields = open("/proc/%d/stat" % self.process).read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def close(self):
        os.kill(self.process, signal.SIGTERM)
        while True:
            try:
                if not os.read(self.master, 65536):
                    break
            except OSError:
                break
        os.waitpid(self.process, 0)
        os.close(self.master)


def make_store(folder, env):
    subprocess.run([LOGGIST, "init", "--node", "INC", "--zone", "Africa/Lagos"], env=env, check=True,
                   stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    incidents = max(1, ENTRIES // 100)
    randomness = random.Random(1)
    words = "printer mail wifi pharmacy badge slow again checked restarted waiting ward door".split()
    lines = []
    for number in range(1, incidents + 1):
        subject = " ".join(randomness.choices(words, k=4))
        lines.append({"kind": "opened", "incident": "INC-%d" % number, "title": subject,
                      "at": "2026-01-05T08:00:00+01:00"})
        lines.append({"kind": "complaint", "incident": "INC-%d" % number, "text": subject,
                      "at": "2026-01-05T08:00:00+01:00"})
        for step in range(97):
            lines.append({"kind": randomness.choice(["note", "check", "observation", "change"]),
                          "incident": "INC-%d" % number, "at": "2026-01-05T09:%02d:00+01:00" % (step % 60),
                          "text": " ".join(randomness.choices(words, k=20))})
        if number % 10:
            lines.append({"kind": "resolved", "incident": "INC-%d" % number,
                          "at": "2026-01-05T12:00:00+01:00"})

    subprocess.run([LOGGIST, "add", "--json", "--yes"], env=env, check=True, stdout=subprocess.DEVNULL,
                   input="\n".join(map(json.dumps, lines)) + "\n", text=True)
    return len(lines)


def main():
    folder = tempfile.mkdtemp(prefix="loggist-bench-")
    env = {**os.environ, "LOGGIST_STORE": folder + "/store", "XDG_STATE_HOME": folder + "/state",
           "HOME": folder, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    for name in ("LINES", "COLUMNS", "NO_COLOR"):
        env.pop(name, None)
    try:
        entries = make_store(folder, env)
        print("%d entries in the store\n" % entries)
        print("| what, in ms | n | p50 | p95 | p99 | max |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        # What the machine asks for a process and for a flush, in the same run: the rest is ours.
        starts, flushes = [], []
        for _ in range(100):
            start = time.perf_counter()
            subprocess.run([LOGGIST, "--version"], env=env, check=True, stdout=subprocess.DEVNULL)
            starts.append((time.perf_counter() - start) * 1000)
        with open(folder + "/flushed", "ab", buffering=0) as file:
            for _ in range(200):
                start = time.perf_counter()
                file.write(b"x" * 299 + b"\n")
                os.fdatasync(file.fileno())
                flushes.append((time.perf_counter() - start) * 1000)
        row("a process: `loggist --version`", starts)
        row("a flush: 300 bytes and fdatasync", flushes)
        adds = []
        for number in range(200):
            start = time.perf_counter()
            subprocess.run([LOGGIST, "add", "INC-1", "note", "number %d" % number], env=env, check=True,
                           stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            adds.append((time.perf_counter() - start) * 1000)
        row("`loggist add`, process start and fdatasync included", adds)
        paints, boards = [], []
        for _ in range(50):
            terminal = Terminal([LOGGIST], env)
            paints.append((terminal.wait(b"Loggist") - terminal.start) * 1000)
            boards.append((terminal.wait(b"INC-") - terminal.start) * 1000)
            terminal.close()
        row("start to first paint", paints)
        row("start to the board with its incidents", boards)
        terminal = Terminal([LOGGIST], env)
        terminal.wait(b"INC-")
        os.write(terminal.master, b"n")
        terminal.wait(b"phone rings")
        terminal.drain(0.3)
        randomness, keys = random.Random(2), []
        for number in range(1030):
            if number % 60 == 59:
                os.write(terminal.master, b"\x15")
                terminal.drain(0.05)
            took = terminal.key(bytes([randomness.choice(b"QXZ")]))
            if number >= 30:
                keys.append(took)
            terminal.drain(randomness.uniform(0.005, 0.03))
        row("key to paint, in the line being typed", keys)
        os.write(terminal.master, b"\x15\x1b")
        terminal.drain(0.5)
        others = []
        os.write(terminal.master, b"\r")
        terminal.drain(0.3)
        for number in range(50):
            terminal.seen = b""
            # No letter of it stands at the same place in the row that scrolls up: ncurses sends only what differs.
            mark = "".join(chr(ord("A") + (number + 3 * place) % 26) for place in range(8))
            subprocess.run([LOGGIST, "add", "--yes", "INC-10", "note", mark], env=env, check=True,
                           stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
            start = time.perf_counter()
            others.append((terminal.wait(mark.encode()) - start) * 1000)
        row("another process's entry, from its acknowledgement to the screen", others)
        before = terminal.ticks()
        terminal.drain(5)
        print("\nidle for 5 s: %d ticks of CPU (10 ms each)" % (terminal.ticks() - before))
        terminal.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
