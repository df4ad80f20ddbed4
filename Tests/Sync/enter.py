"""How long Enter takes at a desk whose network is up, slow, dead or refused: from the key in a pseudo-terminal until the
screen says that the entry was logged, and it is in the log by then.

Usage, as root: LOGGIST=.build/release/loggist python3 -m Tests.Sync.enter [entries a turn] [turns]
"""

import os
import random
import string
import sys
import time

from Tests.Benchmarks.terminal import Terminal, row

from .cluster import LOGGIST, Cluster, Desk, Namespaces, wait_for


class Enter:
    def __init__(self, count, turns):
        self.count, self.turns, self.chance = count, turns, random.Random(1)
        self.cluster = Cluster(["FAR", "HUB1"], on=Namespaces())
        # The desk stands behind a line of its own.
        self.cluster.site = "FAR"
        self.desk = Desk(self.cluster, "FAR")
        self.line = self.cluster.network.lines["FAR"]
        self.cluster.site = None
        self.other = Desk(self.cluster, "HUB1")
        self.took = {}

    def run(self):
        wait_for("a stream", lambda: self.desk.sync("setup").returncode == 0)
        self.incident = self.desk.loggist("new", "--yes", "the printers of ward 3 !2").split()[0]
        env = {**self.desk.env, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        for name in ("LINES", "COLUMNS", "NO_COLOR"):
            env.pop(name, None)
        self.terminal = Terminal(self.cluster.network.words("FAR") + [LOGGIST], env)
        self.terminal.wait(b"FAR-")
        self.terminal.send(b":%s\r" % self.incident.encode())
        self.terminal.settle(0.5, 5)
        for turn in range(self.turns):
            self.measure("no loggist-sync")
            self.desk.start()
            self.other.start()
            time.sleep(3)
            self.measure("network up")
            self.line.delay = 0.5
            time.sleep(2)
            self.measure("slow: 500 ms each way")
            self.line.delay, self.line.is_dead = 0, True
            self.measure("dead: nothing arrives, nobody says so")
            self.line.is_dead = False
            for server in self.cluster.servers:
                server.kill()
            time.sleep(1)
            self.measure("servers gone: refused")
            for server in self.cluster.servers:
                server.start()
            self.desk.kill()
            self.other.kill()
        print("| Enter to `logged`, in ms | n | p50 | p95 | p99 | max |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for name, values in self.took.items():
            row(name, values)
        for desk in (self.desk, self.other):
            desk.start()
        wait_for("the same log", lambda: self.desk.lines("FAR") == self.other.lines("FAR"), seconds=60)
        print("%d entries at the desk and, afterwards, at the other one" % self.other.lines("FAR"))

    def measure(self, name):
        values = self.took.setdefault(name, [])
        for _ in range(self.count):
            mark = "".join(self.chance.choice(string.ascii_uppercase) for _ in range(12)).encode()
            self.terminal.send(b"n" + mark)
            self.terminal.drain(0.06)
            # The last row says so when the line is on the disk: `logged 12:19 as FAR.36`.
            values.append(self.terminal.answer(b"\r", b"logged "))
            self.assert_logged(mark)
            self.terminal.drain(0.02)

    def assert_logged(self, mark):
        folder = os.path.join(self.desk.path, "nodes", "FAR")
        newest = max(name for name in os.listdir(folder) if name.endswith(".jsonl"))
        with open(os.path.join(folder, newest), "rb") as file:
            file.seek(max(0, os.path.getsize(file.name) - 4096))
            if mark not in file.read():
                raise SystemExit("said to be logged, and not in the log: %s" % mark)

    def close(self):
        if hasattr(self, "terminal"):
            self.terminal.close()
        for desk in (self.desk, self.other):
            desk.kill()
        self.cluster.close()


if __name__ == "__main__":
    enter = Enter(*[int(word) for word in sys.argv[1:]] or [50, 3])
    try:
        enter.run()
    finally:
        enter.close()
