"""A line between two bridges that takes its time, loses some of what it carries, or is dead: frames pass through this
process. Not every kernel can do that by itself.
"""

import collections
import fcntl
import os
import random
import select
import struct
import subprocess
import threading
import time

TAP, WITHOUT_HEADER, SET_NAME = 0x0002, 0x1000, 0x400454CA


class Line(threading.Thread):
    def __init__(self, ends, seed=1):
        """`ends`: names of two devices to be made, each with the bridge that it belongs to."""
        super().__init__(daemon=True)
        self.files = [self.tap(name, bridge) for name, bridge in ends]
        # Seconds each way, and the share that is lost.
        self.delay, self.loss, self.is_dead, self.is_over = 0.0, 0.0, False, False
        self.chance = random.Random(seed)
        self.start()

    @staticmethod
    def is_possible():
        return os.access("/dev/net/tun", os.R_OK | os.W_OK)

    @staticmethod
    def tap(name, bridge):
        file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(file, SET_NAME, struct.pack("16sH", name.encode(), TAP | WITHOUT_HEADER))
        subprocess.run(["ip", "link", "set", name, "master", bridge, "up"], check=True, stdin=subprocess.DEVNULL)
        return file

    def run(self):
        on_the_way = collections.deque()
        while not self.is_over:
            wait = max(0, on_the_way[0][0] - time.monotonic()) if on_the_way else 0.2
            readable, _, _ = select.select(self.files, [], [], min(wait, 0.2))
            now = time.monotonic()
            for file in readable:
                frame = os.read(file, 65536)
                if not self.is_dead and self.chance.random() >= self.loss:
                    on_the_way.append((now + self.delay, self.files[1 - self.files.index(file)], frame))
            while on_the_way and on_the_way[0][0] <= now:
                _, file, frame = on_the_way.popleft()
                if not self.is_dead:
                    self.write(file, frame)

    @staticmethod
    def write(file, frame):
        try:
            os.write(file, frame)
        except OSError:
            # No room: lost, as on any line.
            pass

    def close(self):
        self.is_over = True
        self.join()
        for file in self.files:
            os.close(file)
