"""A program in a pseudo-terminal, and how long it takes to answer."""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import termios
import time


def nearest_rank(values, share):
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def row(name, values):
    """A line of the table: milliseconds."""
    print("| %s | %d | %.1f | %.1f | %.1f | %.1f |" % (
        name, len(values), statistics.median(values), nearest_rank(values, 95),
        nearest_rank(values, 99), max(values)), flush=True)


class Terminal:
    def __init__(self, command, env, rows=24, columns=80):
        self.start = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            os.execvpe(command[0], command, env)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.seen = b""

    def wait(self, wanted, seconds=60):
        """Reads until the bytes come; returns when."""
        end = time.perf_counter() + seconds
        while wanted not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.perf_counter()))
            if not ready:
                raise SystemExit("not seen: %r\n%r" % (wanted, self.seen[-2000:]))
            self.seen += os.read(self.master, 65536)
        return time.perf_counter()

    def drain(self, seconds):
        """Reads for so long."""
        end = time.perf_counter() + seconds
        while True:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.perf_counter()))
            if not ready:
                return
            self.seen += os.read(self.master, 65536)

    def settle(self, quiet=0.3, seconds=60):
        """Reads until nothing has come for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if not select.select([self.master], [], [], quiet)[0]:
                return
            self.seen += os.read(self.master, 65536)

    def send(self, keys):
        os.write(self.master, keys)

    def answer(self, keys, wanted):
        """Milliseconds from the keys until the bytes have come."""
        self.seen = b""
        start = time.perf_counter()
        os.write(self.master, keys)
        return (self.wait(wanted) - start) * 1000

    def answer_of(self, keys, wanted, instead):
        """The same, or None where something else came instead."""
        self.seen = b""
        start = time.perf_counter()
        os.write(self.master, keys)
        while wanted not in self.seen:
            if not select.select([self.master], [], [], 1)[0]:
                if instead in self.seen:
                    return None
                raise SystemExit("not seen: %r\n%r" % (wanted, self.seen[-2000:]))
            self.seen += os.read(self.master, 65536)
        return (time.perf_counter() - start) * 1000

    def any_answer(self, keys, seconds=5):
        """Milliseconds from the keys until anything has come, of a program that was quiet before."""
        start = time.perf_counter()
        os.write(self.master, keys)
        if not select.select([self.master], [], [], seconds)[0]:
            return None
        took = (time.perf_counter() - start) * 1000
        self.seen += os.read(self.master, 65536)
        return took

    def ticks(self):
        fields = open("/proc/%d/stat" % self.process).read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def memory(self):
        """Peak resident memory in megabytes."""
        for line in open("/proc/%d/status" % self.process):
            if line.startswith("VmHWM"):
                return int(line.split()[1]) // 1024
        return 0

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
