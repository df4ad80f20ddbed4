"""What a process costs, measured from outside: its wall-clock time, processor time, peak memory, and bytes."""

import os
import select
import statistics
import subprocess
import time
import typing


class Cost(typing.NamedTuple):
    """Of one process, from before its start to its end."""

    seconds: float
    # Until its first byte of output; None where it wrote none.
    first: float | None
    processor: float
    # 10^6 bytes each: peak resident memory, never less than this program's own at the fork; and what it asked the kernel to
    # read and write.
    memory: float
    read: float
    written: float
    output: bytes
    status: int


def cost(command, env, text=b"", statuses=(0,), directory=None):
    """Runs a process to its end; ends the program where its status is none of those."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE if text else subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=directory)
    if text:
        process.stdin.write(text)
        process.stdin.close()
    first, output = None, []
    while piece := os.read(process.stdout.fileno(), 1 << 16):
        first = first or time.perf_counter() - start
        output.append(piece)
    # It has ended and is not yet gone: the kernel still knows what it read and wrote.
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    seconds = time.perf_counter() - start
    with open("/proc/%d/io" % process.pid) as file:
        counts = dict(line.split(": ") for line in file.read().splitlines())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode not in statuses:
        raise SystemExit("%s: status %d" % (" ".join(command)[:200], process.returncode))
    return Cost(seconds, first, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6,
                int(counts["rchar"]) / 1e6, int(counts["wchar"]) / 1e6, b"".join(output), process.returncode)


def median(costs, what):
    values = [getattr(each, what) for each in costs if getattr(each, what) is not None]
    return statistics.median(values) if values else float("nan")


def warm(paths):
    """Brings files into the page cache; returns their size in bytes."""
    total = 0
    for path in paths:
        with open(path, "rb", buffering=0) as file:
            while piece := file.read(1 << 20):
                total += len(piece)
    return total


def lines_of(file, seconds):
    """Reads what has come of a pipe within some time; None at its end."""
    if not select.select([file], [], [], seconds)[0]:
        return b""
    return os.read(file.fileno(), 1 << 16) or None
