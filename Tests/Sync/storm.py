"""The long run: `make cluster`. LOGGIST_SYNC_ENTRIES entries logged at once on three desks, LOGGIST_SYNC_KILLS kills of
servers and of the processes that carry the logs, LOGGIST_SYNC_CUTS cuts, two wipes and a power cut of all servers;
LOGGIST_SYNC_SEED chooses what happens when. What it ends with is counted and printed; anything lost, doubled or wrongly
accepted is a failure.
"""

import collections
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

from .cluster import LOGGIST, Cluster, Desk, are_equal, network, wait_for


def number(name, standard):
    return int(os.environ.get("LOGGIST_SYNC_" + name, standard))


class Writer(threading.Thread):
    """Somebody who logs, a piece at a time, and notes what was acknowledged."""

    def __init__(self, desk, count, seconds):
        super().__init__(daemon=True)
        self.desk, self.count, self.seconds, self.acknowledged, self.error = desk, count, seconds, 0, None

    def run(self):
        process = subprocess.Popen([LOGGIST, "add", "--json", "--each", "--yes"], env=self.desk.env, text=True, bufsize=1,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        times, first = [], time.monotonic()
        for place in range(self.count):
            # Spread over the whole of the troubles, not done before the first one.
            time.sleep(max(0, first + self.seconds * place / self.count - time.monotonic()))
            began = time.monotonic()
            process.stdin.write(json.dumps({"kind": "note", "text": "entry %d of %s" % (place, self.desk.name)}) + "\n")
            if not process.stdout.readline():
                self.error = process.stderr.read()
                return
            times.append(time.monotonic() - began)
            self.acknowledged += 1
        process.stdin.close()
        process.wait()
        times.sort()
        self.p95 = times[int(len(times) * 0.95)] if times else 0


class Storm:
    def __init__(self):
        self.seed = number("SEED", int(time.time()))
        self.chance = random.Random(self.seed)
        self.done = collections.Counter()
        self.cluster = Cluster(["INC", "WARD", "LAB"], on=network())
        self.desks = [Desk(self.cluster, name) for name in self.cluster.desk_names]

    def run(self):
        print("LOGGIST_SYNC_SEED=%d, %s" % (self.seed, "network namespaces" if self.cluster.network.cuts else "loopback"),
              flush=True)
        wait_for("a cluster", lambda: self.desks[0].sync("setup").returncode == 0)
        for desk in self.desks:
            desk.start()
        plan = self.troubles()
        each, seconds = -(-number("ENTRIES", 100_000) // len(self.desks)), 20 + 1.5 * len(plan)
        writers = [Writer(desk, each, seconds) for desk in self.desks]
        began = time.monotonic()
        for writer in writers:
            writer.start()
        for trouble in plan:
            trouble()
        calm = time.monotonic()
        for writer in writers:
            writer.join()
            if writer.error:
                raise AssertionError(writer.error)
        logged = time.monotonic()
        wait_for("the same files", lambda: are_equal(self.desks), seconds=120)
        equal = time.monotonic()
        self.check(writers)
        heals = [self.heal() for _ in range(number("HEALS", 5))]
        print("%d entries on three desks in %.0f s; %s" % (
            sum(writer.acknowledged for writer in writers), logged - began,
            ", ".join("%d %s" % (count, what) for what, count in sorted(self.done.items()))))
        print("equal %.1f s after the last trouble, %.1f s after the last entry; Enter to acknowledged, p95: %s ms" % (
            equal - calm, equal - logged, ", ".join("%.1f" % (writer.p95 * 1000) for writer in writers)))
        print("equal again after %d cuts while 600 entries were logged, in s: %s" % (
            len(heals), " ".join("%.1f" % seconds for seconds in sorted(heals))))
        print("0 lost, 0 doubled, 0 wrongly accepted", flush=True)

    # What goes wrong

    def troubles(self):
        kills, cuts = number("KILLS", 200), number("CUTS", 50)
        plan = [self.kill_server] * (kills // 2) + [self.kill_sync] * (kills - kills // 2)
        if self.cluster.network.cuts:
            plan += [self.chance.choice([self.cut_server, self.cut_desk, self.cut_one_way, self.flap])
                     for _ in range(cuts)]
        self.chance.shuffle(plan)
        for share, trouble in ((0.8, self.wipe), (0.6, self.power_cut), (0.5, self.save), (0.3, self.wipe)):
            plan.insert(int(len(plan) * share), trouble)
        return plan

    def pause(self, most):
        time.sleep(self.chance.uniform(0.05, most))

    def kill_server(self):
        server = self.chance.choice(self.cluster.servers)
        server.kill()
        self.pause(1.0)
        server.start()
        self.pause(1.0)
        self.done["kills of servers"] += 1

    def kill_sync(self):
        desk = self.chance.choice(self.desks)
        desk.kill()
        self.pause(0.5)
        state = os.path.join(desk.path, "sync", "state.json")
        if self.chance.random() < 0.2 and os.path.exists(state):
            os.remove(state)
        desk.start()
        self.pause(0.5)
        self.done["kills of loggist-sync"] += 1

    def cut(self, name):
        self.cluster.network.cut(name)
        self.pause(6.0)
        self.cluster.network.mend(name)
        self.pause(1.0)

    def cut_server(self):
        self.cut(self.chance.choice(self.cluster.servers).name)
        self.done["cuts of a server"] += 1

    def cut_desk(self):
        self.cut(self.chance.choice(self.desks).name)
        self.done["cuts of a desk"] += 1

    def cut_one_way(self):
        one, other = self.chance.sample([server.name for server in self.cluster.servers], 2)
        self.cluster.network.deafen(one, other)
        self.pause(6.0)
        self.cluster.network.undeafen(one, other)
        self.pause(1.0)
        self.done["cuts one way"] += 1

    def flap(self):
        name = self.chance.choice(self.cluster.servers).name
        for _ in range(6):
            self.cluster.network.cut(name)
            self.pause(0.4)
            self.cluster.network.mend(name)
            self.pause(0.4)
        self.done["flapping links"] += 1

    def wipe(self):
        for server in self.cluster.servers:
            server.kill()
        for server in self.cluster.servers:
            server.wipe()
            server.start()
        self.pause(5.0)
        self.done["wipes of the engine"] += 1

    def save(self):
        """What the disks hold now is what the power cut later on leaves of them."""
        for server in self.cluster.servers:
            server.kill()
        for server in self.cluster.servers:
            server.save()
            server.start()
        self.pause(3.0)

    def power_cut(self):
        """All servers at once. A kill leaves the page cache as it is, so what was not flushed is taken away by hand: the
        servers come back with what they had a good while before, and everything acknowledged since is gone."""
        for server in self.cluster.servers:
            server.kill()
        self.pause(2.0)
        for server in self.cluster.servers:
            server.put_back()
            server.start()
        self.pause(3.0)
        self.done["power cuts of all servers"] += 1

    def heal(self):
        """Seconds from the end of a cut until every desk has what the others logged in it; ten at most, on a machine that has
        the processors for it (LOGGIST_SYNC_HEAL allows more)."""
        network, servers = self.cluster.network, self.cluster.servers
        desk = self.chance.choice(self.desks)
        if network.cuts:
            network.cut(desk.name)
        else:
            servers[0].kill()
            servers[1].kill()
        for one in self.desks:
            one.log(200, "in the cut %d" % self.done["heals"])
        self.done["heals"] += 1
        time.sleep(8)
        if network.cuts:
            network.mend(desk.name)
        else:
            servers[0].start()
            servers[1].start()
        mended = time.monotonic()
        wait_for("the same files", lambda: are_equal(self.desks), seconds=number("HEAL", 10), every=0.1)
        return time.monotonic() - mended

    # What it has to end with

    def check(self, writers):
        for desk in self.desks:
            desk.loggist("verify")
            state = desk.state()
            assert not state["forks"], state["forks"]
        for writer in writers:
            texts = collections.Counter()
            for path, content in self.desks[0].files().items():
                if path.startswith(writer.desk.name + "/") and path.endswith(".jsonl"):
                    texts.update(json.loads(line)["entry"]["text"] for line in content.splitlines())
            wanted = {"entry %d of %s" % (place, writer.desk.name) for place in range(writer.acknowledged)}
            lost, doubled = wanted - set(texts), [text for text, count in texts.items() if count > 1]
            assert not lost and not doubled and set(texts) == wanted, (len(lost), doubled[:3])
        counts = [desk.state()["counts"] for desk in self.desks]
        print("since each process began: offers that failed %s, errors that the library called back with %s" % (
            [count["failures"] for count in counts], [count["faults"] for count in counts]))

    def close(self):
        for desk in self.desks:
            desk.kill(signal.SIGTERM)
        self.cluster.close()


if __name__ == "__main__":
    storm = Storm()
    try:
        storm.run()
    except BaseException:
        print("LOGGIST_SYNC_SEED=%d failed; LOGGIST_KEEP=1 keeps the stores and the servers' logs" % storm.seed,
              file=sys.stderr)
        raise
    finally:
        storm.close()
