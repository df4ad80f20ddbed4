"""How many entries a second go through three servers that flush before they acknowledge, TLS both ways.

Usage: LOGGIST=.build/release/loggist python3 -m Tests.Sync.throughput [entries]
"""

import sys
import time

from .cluster import Cluster, Desk, wait_for


def sent(desk):
    try:
        return desk.state()["sent"].get(desk.name, 0)
    except (OSError, ValueError):
        return 0


def at(desk):
    return {path: size for path, size in desk.sizes().items() if path.startswith("INC")}


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    cluster = Cluster(["INC", "WARD"])
    try:
        inc, ward = Desk(cluster, "INC"), Desk(cluster, "WARD")
        wait_for("a cluster", lambda: inc.sync("setup").returncode == 0)
        inc.log(count)
        size = sum(inc.sizes().values())
        began = time.monotonic()
        inc.start()
        wait_for("everything sent", lambda: sent(inc) >= count, seconds=600, every=0.2)
        there = time.monotonic()
        ward.start()
        wait_for("everything received", lambda: at(ward) == at(inc), seconds=600, every=0.1)
        end = time.monotonic()
        assert {k: v for k, v in ward.files().items() if k.startswith("INC")} == {
            k: v for k, v in inc.files().items() if k.startswith("INC")}
        ward.loggist("verify")
        print("%d entries of %d bytes: sent in %.1f s, %.0f entries/s; received in %.1f s, %.0f entries/s" % (
            count, size // count, there - began, count / (there - began), end - there, count / (end - there)))
        print("offers that failed: %d" % inc.state()["counts"]["failures"])
    finally:
        for desk in (inc, ward):
            desk.kill()
        cluster.close()


if __name__ == "__main__":
    main()
