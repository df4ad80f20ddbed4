"""Loggist beside other programs of the terminal, in one run: start to first paint, and the arrow down to its paint.

Usage: python3 Tests/Benchmarks/others.py [path of loggist] [entries in the store]

Each program shows a long list and gets the arrow down, alternating with the arrow up; the time runs until the first
byte of the answer. tig shows the log of this repository, lnav the same store's newest files, htop the processes. What
is not installed is named and left out (`apt-get install tig htop lnav`).
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from terminal import Terminal, row

LOGGIST = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/loggist")
ENTRIES = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
DOWN, UP = b"\x1b[B", b"\x1b[A"


def measure(name, command, env, down=DOWN, up=UP):
    if shutil.which(command[0]) is None:
        print("| %s is not installed | | | | | |" % name)
        return
    starts, keys, randomness = [], [], random.Random(5)
    for _ in range(10):
        terminal = Terminal(command, env)
        terminal.wait(b"\x1b[")
        starts.append((time.perf_counter() - terminal.start) * 1000)
        terminal.settle(0.4, 8)
        terminal.close()
    terminal = Terminal(command, env)
    terminal.settle(1.5, 30)
    for _ in range(5):
        terminal.send(down)
        terminal.settle(0.1, 2)
    for number in range(300):
        # What a program paints by itself is not its answer: it is read away first.
        terminal.drain(randomness.uniform(0.01, 0.03))
        took = terminal.any_answer(down if number % 2 else up)
        if took is not None:
            keys.append(took)
    terminal.close()
    row("%s: start to the first byte of a paint" % name, starts)
    row("%s: arrow to paint" % name, keys)


def main():
    folder = tempfile.mkdtemp(prefix="loggist-others-")
    env = {**os.environ, "LOGGIST_STORE": folder + "/store", "XDG_STATE_HOME": folder + "/state", "HOME": folder,
           "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    for name in ("LINES", "COLUMNS", "NO_COLOR"):
        env.pop(name, None)
    try:
        maker = os.path.join(os.path.dirname(os.path.abspath(__file__)), "make_store.py")
        subprocess.run([sys.executable, maker, LOGGIST, folder + "/store", str(ENTRIES)], env=env, check=True)
        node = folder + "/store/nodes/INC"
        files = [os.path.join(node, name) for name in sorted(os.listdir(node)) if name.endswith(".jsonl")]
        print("| what, in ms | n | p50 | p95 | p99 | max |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        measure("loggist, %d entries" % ENTRIES, [LOGGIST], env)
        measure("tig, this repository", ["tig"], env)
        measure("lnav, the same files", ["lnav", "-q"] + files, env)
        measure("htop", ["htop"], env)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
