"""A hub of three servers and two sites with a server of their own, leaves of it: `make cluster`. As root each site stands
behind a line that is cut, slowed and mended; elsewhere the sites' servers are ended and started instead, and the run says
so. Counted and printed: how long after its end every desk had everything.
"""

import json
import os
import signal
import sys
import time

from .cluster import Cluster, Desk, Loopback, are_equal, network, wait_for
from .line import Line

SITES = {"NORTH": ["NORTH1", "NORTH2"], "SOUTH": ["SOUTH1", "SOUTH2"]}


class Sites:
    def __init__(self):
        net = network() if Line.is_possible() else Loopback()
        self.cuts = net.cuts
        self.hub = Cluster(["HUB1", "HUB2"], on=net, domain="HUB", sites=list(SITES))
        self.clusters = {"HUB": self.hub}
        self.desks = [Desk(self.hub, name) for name in self.hub.desk_names]
        for site, names in SITES.items():
            self.clusters[site] = Cluster(names, servers=1, on=net, domain=site, hub=self.hub)
            self.desks += [Desk(self.clusters[site], name) for name in names]
        self.logged = 0

    def at(self, *sites):
        return [desk for desk in self.desks if (desk.cluster.site or "HUB") in sites]

    def log(self, count):
        self.logged += count
        for desk in self.desks:
            desk.log(count, "%d of" % self.logged)

    def run(self):
        for cluster in self.clusters.values():
            desk = next(desk for desk in self.desks if desk.cluster is cluster)
            wait_for("a stream", lambda: desk.sync("setup").returncode == 0)
        for desk in self.desks:
            desk.start()
        self.log(200)
        began = time.monotonic()
        self.wait_equal(self.desks)
        print("six desks, a hub and two sites: the first %d entries everywhere %.1f s after the last" % (
            200 * len(self.desks), time.monotonic() - began), flush=True)
        if self.cuts:
            line = self.hub.network.lines["NORTH"]
            line.delay, line.loss = 0.1, 0.01
        seconds = [self.cut(20) for _ in range(int(os.environ.get("LOGGIST_SYNC_HEALS", "3")))]
        print("sites cut off for 20 s, in which 1,200 entries were logged: everything everywhere after %s s%s" % (
            " ".join("%.1f" % one for one in seconds),
            "; one line 100 ms each way, of whose packets 1 % are lost" if self.cuts else ""), flush=True)
        print("a site's engine lost all it had while it was cut off: everything everywhere after %.1f s" % self.wipe(),
              flush=True)
        slowest = max(seconds)
        assert slowest <= 60, "%.1f s" % slowest
        self.check()

    def wait_equal(self, desks, nodes=None):
        def parts(desk):
            return {path: size for path, size in desk.sizes().items() if not nodes or path.split("/")[0] in nodes}
        wait_for("the same files", lambda: all(parts(desk) == parts(desks[0]) for desk in desks)
                 and len({path.split("/")[0] for path in parts(desks[0])}) == len(nodes or desks), 120, 0.1)

    def part(self):
        for site in SITES:
            if self.cuts:
                self.hub.network.lines[site].is_dead = True
            else:
                self.clusters[site].servers[0].kill()

    def join(self):
        for site in SITES:
            if self.cuts:
                self.hub.network.lines[site].is_dead = False
            else:
                self.clusters[site].servers[0].start()

    def cut(self, seconds):
        self.part()
        ends = time.monotonic() + seconds
        self.log(200)
        if self.cuts:
            # Each site goes on by itself.
            for site in ["HUB", *SITES]:
                desks = self.at(site)
                self.wait_equal(desks, [desk.name for desk in desks])
        time.sleep(max(0, ends - time.monotonic()))
        return self.healed()

    def healed(self):
        self.join()
        mended = time.monotonic()
        wait_for("the same files", lambda: are_equal(self.desks), seconds=180, every=0.1)
        return time.monotonic() - mended

    def wipe(self):
        self.part()
        self.log(50)
        server = self.clusters["NORTH"].servers[0]
        server.kill()
        server.wipe()
        if self.cuts:
            server.start()
        time.sleep(5)
        return self.healed()

    def check(self):
        for desk in self.desks:
            desk.loggist("verify")
            state = desk.state()
            assert not state["forks"] and not state["problems"], state["problems"]
            texts = [json.loads(line)["entry"]["text"] for path, content in desk.files().items()
                     if path.endswith(".jsonl") for line in content.splitlines()]
            assert len(texts) == len(set(texts)) == self.logged * len(self.desks), len(texts)
        print("%d entries on each of six desks: 0 lost, 0 doubled" % (self.logged * len(self.desks)), flush=True)

    def close(self):
        for desk in self.desks:
            desk.kill(signal.SIGTERM)
        for cluster in reversed(self.clusters.values()):
            cluster.close()


if __name__ == "__main__":
    sites = Sites()
    try:
        sites.run()
    except BaseException:
        print("LOGGIST_KEEP=1 keeps the stores and the servers' logs", file=sys.stderr)
        raise
    finally:
        sites.close()
