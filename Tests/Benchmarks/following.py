"""How soon somebody else's entry is seen, and the first hits of a search on the screen: milliseconds."""

import json
import select
import subprocess
import time

from measure import lines_of
from terminal import Terminal

COUNT = 100


def first_hits(loggist, env, word, wanted, rounds):
    """From the key that completes a word to the first row that has it, with the whole log read."""
    terminal = Terminal([loggist], env)
    terminal.wait(b"INC-", 600)
    while True:
        terminal.seen = b""
        terminal.settle(1.5, 90)
        if b"%" not in terminal.seen:
            break
    terminal.send(b"/")
    terminal.drain(0.3)
    taken = []
    for _ in range(rounds):
        # Pasted, so that the row is painted by one keystroke.
        taken.append(terminal.answer(b"\x1b[200~%s\x1b[201~" % word.encode(), wanted))
        terminal.send(b"\x15")
        terminal.settle(0.1, 2)
    terminal.close()
    return taken


def latencies(loggist, env, incident, segment):
    """From the moment when an entry is handed to `add --each` until its text is printed by who follows the log."""
    add = subprocess.Popen([loggist, "add", "--json", "--each", "--yes"], env=env, stdin=subprocess.PIPE,
                           stdout=subprocess.PIPE, bufsize=0)
    followers = {"`loggist watch --json`": [loggist, "watch", "--json"], "GNU `tail -F`": ["tail", "-n0", "-F", segment]}
    taken = {"its acknowledgement by `loggist add --each`": []}
    for name, command in followers.items():
        follower = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        times = taken[name] = []
        number, end = 0, time.monotonic() + 120
        while len(times) < COUNT and time.monotonic() < end:
            number += 1
            mark = "mark %s %d." % (name, number)
            start = time.perf_counter()
            add.stdin.write((json.dumps({"kind": "note", "incident": incident, "text": mark}) + "\n").encode())
            seen = until(add.stdout, follower.stdout, json.dumps(mark)[1:-1].encode(), start, taken)
            # The first ones go by before it follows.
            if seen is not None:
                times.append(seen)
        follower.terminate()
        follower.wait()
        follower.stdout.close()
    add.stdin.close()
    add.wait()
    add.stdout.close()
    return {name: times for name, times in taken.items() if times}


def until(acknowledged, shown, mark, start, taken):
    """Waits for both answers; returns when the second came, or None where it did not within a second."""
    text, is_named, seen = b"", False, None
    while not is_named or seen is None:
        ready, _, _ = select.select([acknowledged] * (not is_named) + [shown] * (seen is None), [], [], 1)
        if not ready:
            break
        now = (time.perf_counter() - start) * 1000
        if acknowledged in ready:
            is_named = bool(lines_of(acknowledged, 0))
            taken["its acknowledgement by `loggist add --each`"].append(now)
        if shown in ready:
            text += lines_of(shown, 0) or b""
            seen = now if mark in text else None
    return seen
