"""The program in a pseudo-terminal that is not kind to it: what it does is read by a thread, unless somebody says stop."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import threading
import time

from .desk import LOGGIST

ALTERNATE_ON, ALTERNATE_OFF = b"\x1b[?1049h", b"\x1b[?1049l"


class Pty:
    """`loggist` on a terminal of its own. Everything that it painted is in `painted`."""

    def __init__(self, env, folder, rows=24, columns=80):
        self.master, self.slave = pty.openpty()
        self.size(rows, columns)
        self.modes = termios.tcgetattr(self.slave)
        self.painted = b""
        self.reads = threading.Event()
        self.reads.set()
        self.changed = threading.Condition()
        self.process = os.fork()
        if self.process == 0:
            os.setsid()
            fcntl.ioctl(self.slave, termios.TIOCSCTTY, 0)
            for descriptor in (0, 1, 2):
                os.dup2(self.slave, descriptor)
            os.chdir(folder)
            # Python ignores these two; a shell's child does not.
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            os.closerange(3, 256)
            os.execve(LOGGIST, [LOGGIST], env)
        self.status = None
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.isClosed = False
        self.reader.start()

    def _read(self):
        while not self.isClosed:
            self.reads.wait()
            try:
                if not select.select([self.master], [], [], 0.1)[0]:
                    continue
                new = os.read(self.master, 65536)
            except (OSError, ValueError):
                return
            with self.changed:
                # The tail is enough to look for a word, and a storm paints megabytes.
                self.painted = (self.painted + new)[-4_000_000:]
                self.changed.notify_all()

    def size(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, data, seconds=20):
        """Writes as fast as it is taken; false where it was not taken in time or the program is gone."""
        end = time.monotonic() + seconds
        os.set_blocking(self.master, False)
        while data:
            if self.ended() or time.monotonic() > end:
                return False
            if not select.select([], [self.master], [], 0.05)[1]:
                continue
            try:
                data = data[os.write(self.master, data[:4096]):]
            except BlockingIOError:
                continue
            except OSError:
                return False
        return True

    def wait(self, holds, seconds=30):
        """Until something holds of what was painted, or of the world; fails with the tail of what was painted."""
        wanted = holds if callable(holds) else lambda: holds in self.painted
        end = time.monotonic() + seconds
        with self.changed:
            while not wanted():
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"not seen: {holds}\n{self.painted[-1500:]!r}")
                self.changed.wait(min(left, 0.02))

    def mark(self):
        """Forgets what was painted so far."""
        with self.changed:
            self.painted = b""

    def kill(self, number):
        if not self.ended():
            os.kill(self.process, number)

    def ended(self):
        """Whether it has ended: then `status` is its exit status, or minus its signal."""
        if self.status is None:
            done, status = os.waitpid(self.process, os.WNOHANG)
            if done:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is not None

    def stopped(self):
        """Whether it is stopped, as ^Z leaves it."""
        with open(f"/proc/{self.process}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] == "T"

    def wait_for_end(self, seconds=30):
        self.wait(self.ended, seconds)
        return self.status

    def leaves_the_alternate_screen(self):
        """Waits for the last bytes of a dead program, and says whether they gave the screen back."""
        end = time.monotonic() + 2
        while time.monotonic() < end:
            if self.painted.rfind(ALTERNATE_OFF) > self.painted.rfind(ALTERNATE_ON):
                return True
            with self.changed:
                self.changed.wait(0.05)
        return ALTERNATE_ON not in self.painted

    def modes_now(self):
        return termios.tcgetattr(self.slave)

    def close(self):
        if not self.ended():
            os.kill(self.process, signal.SIGKILL)
            self.wait_for_end()
        self.isClosed = True
        self.reads.set()
        self.reader.join()
        os.close(self.master)
        os.close(self.slave)


def garbage(random, count):
    """Bytes as a broken line, a cat on the keyboard or an attacker would send them, torn where they may be torn."""
    parts, size = [], 0
    while size < count:
        kind = random.randrange(8)
        if kind == 0:
            part = random.randbytes(random.randrange(1, 40))
        elif kind == 1:
            part = random.choice(["阿莫西林", "Àmọ́xílìn", "👩‍⚕️", "مُضَادّ", "\u202e"]).encode()
            part = part[:random.randrange(1, len(part) + 1)]
        elif kind == 2:
            part = b"\x1b[" + bytes(random.choice(b"0123456789;?<>ABCDHmM~RZu") for _ in range(random.randrange(1, 9)))
        elif kind == 3:
            part = random.choice([b"\x1b]0;title", b"\x1bP1$r", b"\x1b_", b"\x1b\\", b"\x1b", b"\x07"])
        elif kind == 4:
            part = b"\x1b[200~" + random.randbytes(random.randrange(0, 200)) + b"\x1b[201~"[:random.randrange(7)]
        elif kind == 5:
            part = random.choice([b"\r", b"\t", b"\x1b[A", b"\x1b[B", b"\x1bOA", b"\x7f", b"\x15", b"\x1b[5~"])
        else:
            part = bytes(random.choice(b"abcdenrtx0123456789 :=@#!/?-") for _ in range(random.randrange(1, 12)))
        # Neither ^Z nor what leaves: those have tests of their own.
        part = part.replace(b"\x1a", b"z").replace(b"\x11", b"q")
        parts.append(part)
        size += len(part)
    return b"".join(parts)
