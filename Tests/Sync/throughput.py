"""How many entries a second go through three servers that flush before they acknowledge, TLS both ways, for minutes on end:
one desk sends, another one receives at the same time.

Usage: LOGGIST=.build/release/loggist python3 -m Tests.Sync.throughput [entries]
"""

import sys
import time

from .cluster import Cluster, Desk, wait_for

# Seconds of which the slowest stretch is told.
STRETCH = 10


class Meter:
    """Samples of a count that grows."""

    def __init__(self, count):
        self.count, self.samples = count, []

    def sample(self, value):
        self.samples.append((time.monotonic(), min(value, self.count)))
        return value >= self.count

    def words(self):
        grown = [(moment, value) for moment, value in self.samples if value > 0]
        first, last = grown[0], next(sample for sample in grown if sample[1] >= self.count)
        rates, place = [], 0
        for moment, value in grown:
            while moment - grown[place][0] > STRETCH:
                place += 1
            if moment - first[0] >= STRETCH and moment <= last[0]:
                rates.append((value - grown[place][1]) / (moment - grown[place][0]))
        seconds = last[0] - self.samples[0][0]
        return "%.0f s, %.0f entries/s, %.0f in the slowest %d s" % (
            seconds, self.count / seconds, min(rates, default=0), STRETCH)


def sent(desk):
    try:
        return desk.state()["sent"].get(desk.name, 0)
    except (OSError, ValueError):
        return 0


def size(desk):
    return sum(size for path, size in desk.sizes().items() if path.startswith("INC") and path.endswith(".jsonl"))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_500_000
    cluster = Cluster(["INC", "WARD"])
    try:
        inc, ward = Desk(cluster, "INC"), Desk(cluster, "WARD")
        wait_for("a cluster", lambda: inc.sync("setup").returncode == 0)
        for _ in range(0, count, 100_000):
            inc.log(min(count, 100_000))
        whole = size(inc)
        count = inc.lines("INC")
        out, into = Meter(count), Meter(count)
        inc.start()
        ward.start()
        end = time.monotonic() + 1200
        while time.monotonic() < end:
            if all([out.sample(sent(inc)), into.sample(size(ward) * count // whole)]):
                break
            time.sleep(0.25)
        wait_for("the same log", lambda: size(ward) == whole)
        assert {k: v for k, v in ward.files().items() if k.startswith("INC")} == {
            k: v for k, v in inc.files().items() if k.startswith("INC")}
        print("%d entries of %d bytes" % (count, whole // count))
        print("sent: %s\nreceived: %s" % (out.words(), into.words()))
        time.sleep(3)
        for desk in (inc, ward):
            counts = desk.state()["counts"]
            print("%s: offers that failed %d, errors that the library called back with %d, lines that came again %d, "
                  "asked for %d" % (desk.name, counts["failures"], counts["faults"], counts["known"], counts["fetched"]))
    finally:
        for desk in (inc, ward):
            desk.kill()
        cluster.close()


if __name__ == "__main__":
    main()
