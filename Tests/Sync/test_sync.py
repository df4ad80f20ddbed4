"""Desks with stores of their own, three servers, and everything that goes wrong between them: short, for every day."""

import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import unittest

from .certificates import Authority
from .cluster import LOGGIST, SYNC, Cluster, Desk, are_equal, wait_for
from .servers import Unavailable, nats_server

SEED = int(os.environ.get("LOGGIST_SYNC_SEED", "1"))


def setUpModule():
    try:
        nats_server()
    except Unavailable as error:
        raise unittest.SkipTest(str(error)) from error


class ThreeDesks(unittest.TestCase):
    def setUp(self):
        self.cluster = Cluster(["INC", "WARD", "LAB"])
        self.addCleanup(self.cluster.close)
        self.desks = [Desk(self.cluster, name) for name in self.cluster.desk_names]
        for desk in self.desks:
            self.addCleanup(desk.kill)

    def log_at_once(self, count, word):
        threads = [threading.Thread(target=desk.log, args=(count, word)) for desk in self.desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def test_what_three_desks_log_at_once_ends_the_same_everywhere(self):
        chance = random.Random(SEED)
        inc, ward, lab = self.desks
        wait_for("a cluster", lambda: inc.sync("setup").returncode == 0)
        for desk in self.desks:
            desk.start()
        self.log_at_once(300, "first")
        wait_for("the same files", lambda: are_equal(self.desks))

        # A file that an entry names comes to the others, too.
        screen = os.path.join(self.cluster.folder, "screen.txt")
        with open(screen, "wb") as file:
            file.write(chance.randbytes(600_000))
        inc.loggist("new", "the printer prints blue")
        inc.loggist("evidence", "add", "INC-1", screen, "what it showed")
        for desk in (ward, lab):
            wait_for("the file", lambda desk=desk: "1 file is whole" in desk.loggist("evidence", "check", check=False))

        # Whoever carries the logs is killed, and so is a server; logging goes on.
        for desk in self.desks:
            desk.kill()
        server = chance.choice(self.cluster.servers)
        server.kill()
        self.log_at_once(300, "second")
        for desk in self.desks:
            desk.start()
        self.log_at_once(300, "third")
        server.start()
        wait_for("the same files", lambda: are_equal(self.desks), seconds=60)

        # The engine loses all that it had, all at once.
        for server in self.cluster.servers:
            server.kill()
        self.log_at_once(100, "fourth")
        for server in self.cluster.servers:
            server.wipe()
            server.start()
        wait_for("the same files", lambda: are_equal(self.desks), seconds=60)

        # Every desk knows that the two others hold everything.
        def everybody_knows():
            return all(
                len([peer for peer in desk.state()["peers"] if peer["logs"] == desk.state()["logs"]]) == 2
                for desk in self.desks)
        wait_for("vectors of everybody", everybody_knows, seconds=60)
        for desk in self.desks:
            self.assertEqual(desk.state()["problems"], [])
            self.assertEqual(desk.lines(desk.name), 1003 if desk is inc else 1000)
            desk.loggist("verify")
            desk.kill(signal.SIGTERM)
        status, code = inc.status()
        self.assertEqual((code, status["running"]), (0, False), status["problems"])
        self.assertEqual({server["sync_interval"] for server in status["servers"]}, {"always"})
        self.assertEqual(len(status["servers"]), 3)


class Site(unittest.TestCase):
    """A site with a server of its own, a leaf of the hub's."""

    def test_a_site_goes_on_without_the_hub_and_joins_it_again(self):
        hub = Cluster(["HUB1"], servers=1, domain="HUB", sites=["NORTH"])
        self.addCleanup(hub.close)
        north = Cluster(["NORTH1", "NORTH2"], servers=1, domain="NORTH", hub=hub)
        self.addCleanup(north.close)
        desks = [Desk(hub, "HUB1"), Desk(north, "NORTH1"), Desk(north, "NORTH2")]
        for desk in desks[:2]:
            wait_for("streams", lambda: desk.sync("setup").returncode == 0)
        self.assertIn("LOGGIST_CARE_SITE is as it should be", desks[1].sync("setup").stdout)
        for desk in desks:
            self.addCleanup(desk.kill)
            desk.start()
            desk.log(20)
        wait_for("the same files", lambda: are_equal(desks), seconds=60)
        hub.servers[0].kill()
        for desk in desks:
            desk.log(20, "alone")
        wait_for("the site's files", lambda: [desk.lines("NORTH2") for desk in desks[1:]] == [40, 40])
        self.assertEqual(desks[0].lines("NORTH2"), 20)
        hub.servers[0].start()
        wait_for("the same files", lambda: are_equal(desks), seconds=60)
        for desk in desks:
            desk.loggist("verify")


class WithoutIt(unittest.TestCase):
    """loggist alone: it neither needs libnats nor loggist-sync."""

    def test_loggist_does_not_link_the_library(self):
        libraries = subprocess.run(["ldd", LOGGIST], capture_output=True, text=True, check=True).stdout
        self.assertNotIn("nats", libraries)
        self.assertIn("nats", subprocess.run(["ldd", SYNC], capture_output=True, text=True, check=True).stdout)

    def test_a_missing_program_is_a_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            alone = os.path.join(folder, "loggist")
            shutil.copy(LOGGIST, alone)
            done = subprocess.run([alone, "sync", "status"], env={"PATH": folder, "HOME": folder}, text=True,
                                  capture_output=True)
        self.assertEqual((done.returncode, done.stderr), (
            1, "loggist: there is no loggist-sync beside this program nor on the PATH: it comes in a package of its own, "
               "loggist-sync\n"))

    def test_a_store_without_settings_is_a_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            store = os.path.join(folder, "store")
            subprocess.run([LOGGIST, "init", "--store", store, "--node", "INC"], check=True, capture_output=True)
            done = subprocess.run([LOGGIST, "sync", "--store", store, "status"], text=True, capture_output=True)
        self.assertEqual((done.returncode, done.stderr), (
            65, "loggist-sync: %s/config.yaml says nothing of 'sync': give it 'servers' and 'org', docs/config.md "
                "explains them\n" % store))

    def test_a_file_that_cannot_be_read_is_not_said_to_be_silent(self):
        with tempfile.TemporaryDirectory() as folder:
            # Called like a command.
            store = os.path.join(folder, "run")
            subprocess.run([LOGGIST, "init", "--store", store, "--node", "INC"], check=True, capture_output=True)
            with open(os.path.join(store, "config.yaml"), "w") as file:
                file.write('sync:\n  servers: ["nats://127.0.0.1:1", org: care\n')
            done = subprocess.run([SYNC, "--store", "run", "status"], cwd=folder, text=True, capture_output=True)
        self.assertEqual(done.returncode, 65)
        self.assertRegex(done.stderr, r"^loggist-sync: run/config\.yaml:\d: not YAML: ")


class SilentLine:
    """A line to a server on which, the first time, nothing comes any more once the TLS handshake begins."""

    def __init__(self, address, port):
        self.target, self.silenced = (address, port), 0
        self.listener = socket.create_server((address, 0))
        self.port = self.listener.getsockname()[1]
        self.open = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                desk, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.target)
            self.open += [desk, server]
            # The server speaks first, and says that it wants TLS.
            desk.sendall(server.recv(1 << 16))
            if self.silenced == 0:
                self.silenced = 1
                continue
            for one, other in ((desk, server), (server, desk)):
                threading.Thread(target=self.carry, args=(one, other), daemon=True).start()

    @staticmethod
    def carry(one, other):
        try:
            while data := one.recv(1 << 16):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        for one in [self.listener] + self.open:
            one.close()


class OneServer(unittest.TestCase):
    """What does not need three."""

    def cluster(self, desks, **options):
        cluster = Cluster(desks, servers=1, **options)
        self.addCleanup(cluster.close)
        return cluster

    def desk(self, cluster, name, **options):
        desk = Desk(cluster, name, **options)
        self.addCleanup(desk.kill)
        return desk

    def codes(self, desk):
        status, code = desk.status()
        self.assertEqual(code, 1)
        return {problem["code"]: problem["says"] for problem in status["problems"]}

    def test_a_machine_that_was_put_back_to_an_older_copy(self):
        cluster = self.cluster(["INC", "WARD"])
        inc, ward = self.desk(cluster, "INC"), self.desk(cluster, "WARD")
        inc.log(5)
        wait_for("sent", lambda: inc.sync("--once").returncode == 0)
        before = os.path.join(cluster.folder, "before")
        shutil.copytree(inc.path, before)
        inc.log(5, "known to others")
        self.assertEqual(inc.sync("run", "--once").returncode, 0)
        self.assertEqual(ward.sync("run", "--once").returncode, 0)
        whole = ward.files()
        shutil.rmtree(inc.path)
        shutil.move(before, inc.path)
        ward.start()
        inc.start()
        wait_for("an alarm", lambda: [p for p in inc.state()["problems"] if p["code"] == "forgotten"])
        self.assertIn("log nothing here until its log is put back", inc.loggist("doctor", check=False))
        # It logs all the same, and now there are two histories.
        inc.log(3, "another history")
        # A vector may tell of it before the lines of the other history are here.
        kept = os.path.join(ward.path, "sync", "forks", "INC.jsonl")

        def count():
            if not os.path.exists(kept):
                return 0
            with open(kept, "rb") as file:
                return file.read().count(b"another history")
        wait_for("the other history", lambda: count() == 3, seconds=60)
        wait_for("an alarm", lambda: "two different INC.6" in ward.loggist("doctor", check=False))
        self.assertEqual(ward.files(), whole)

    def test_a_handshake_in_which_the_line_falls_silent(self):
        cluster = self.cluster(["INC"])
        server = cluster.servers[0]
        line = SilentLine(server.address, server.port)
        self.addCleanup(line.close)
        inc = self.desk(cluster, "INC")
        path = os.path.join(inc.path, "config.yaml")
        with open(path) as file:
            settings = file.read()
        self.assertIn(":%d" % server.port, settings)
        with open(path, "w") as file:
            file.write(settings.replace(":%d" % server.port, ":%d" % line.port))
        inc.log(3)
        report = os.path.join(inc.path, "sync", "state.json")
        inc.start()
        wait_for("a connection of the process that hung in the first one",
                 lambda: os.path.exists(report) and inc.state()["sent"].get("INC") == 3, seconds=60)
        self.assertEqual(line.silenced, 1)
        self.assertIsNone(inc.process.poll())

    def test_what_is_redacted_goes_from_the_other_desks_and_from_the_servers(self):
        cluster = self.cluster(["INC", "WARD"])
        inc, ward = self.desk(cluster, "INC"), self.desk(cluster, "WARD")
        wait_for("a server", lambda: inc.sync("setup").returncode == 0)
        inc.log(3, "the patient Ngozi Adebayo, bed")
        self.assertEqual(inc.sync("--once").returncode, 0)
        self.assertEqual(ward.sync("--once").returncode, 0)

        def holders():
            found = []
            for name, folder in (("INC", inc.path), ("WARD", ward.path), ("server", cluster.servers[0].folder)):
                for place, _, names in os.walk(folder):
                    if "/saved" in place:
                        continue
                    for file in names:
                        with open(os.path.join(place, file), "rb") as opened:
                            if b"Ngozi Adebayo, bed 1" in opened.read():
                                found.append(name)
            return sorted(set(found))
        self.assertEqual(holders(), ["INC", "WARD", "server"])
        cluster.servers[0].kill()
        cluster.servers[0].save()
        cluster.servers[0].start()
        wait_for("the server", lambda: ward.sync("--once").returncode == 0)
        ward.loggist("redact", "INC.2", "--reason", "a name", "--yes")
        with open(os.path.join(ward.path, "config.yaml"), "a") as file:
            file.write("  erases: true\n")
        self.assertIn("INC.2 redacted here and not on the servers yet", ward.loggist("doctor", check=False))
        self.assertEqual(ward.sync("--once").returncode, 0)
        self.assertEqual(inc.sync("--once").returncode, 0)
        self.assertEqual(holders(), [])
        inc.loggist("verify")
        self.assertNotIn("on the servers", ward.loggist("doctor", check=False))
        self.assertEqual(ward.sync("erase").stdout, "Nothing is to be erased.\n")
        # The servers are put back to what they had before, and the name with them.
        cluster.servers[0].kill()
        cluster.servers[0].put_back()
        cluster.servers[0].start()
        self.assertEqual(holders(), ["server"])
        wait_for("the server", lambda: ward.sync("--once").returncode == 0)
        self.assertEqual(holders(), [])

    def test_a_log_that_was_moved_away_comes_from_the_servers_alone(self):
        cluster = self.cluster(["INC", "WARD"])
        inc, ward = self.desk(cluster, "INC"), self.desk(cluster, "WARD")
        inc.log(700)
        wait_for("sent", lambda: inc.sync("--once").returncode == 0)
        self.assertEqual(ward.sync("--once").returncode, 0)
        whole = ward.files()
        shutil.move(os.path.join(ward.path, "nodes", "INC"), os.path.join(cluster.folder, "away"))
        self.assertEqual(ward.sync("--once").returncode, 0)
        self.assertEqual(ward.files(), whole)
        ward.loggist("verify")

    def test_a_server_without_tls_gets_nothing_where_tls_is_asked_for(self):
        cluster = self.cluster(["INC"])
        inc = self.desk(cluster, "INC")
        inc.log(1, "a name")
        address, port, _ = cluster.network.place("plain")
        folder = os.path.join(cluster.folder, "plain")
        plain = subprocess.Popen([cluster.program, "-a", address, "-p", str(port), "-js", "-sd", folder],
                                 stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(plain.wait)
        self.addCleanup(plain.kill)
        inc.configure(servers=["nats://%s:%d" % (address, port)], org="care", replicas=1)
        wait_for("the server", lambda: inc.sync("setup").returncode != 69)
        inc.configure(servers=["tls://%s:%d" % (address, port)], org="care", replicas=1)
        done = inc.sync("setup")
        self.assertEqual(done.returncode, 69)
        self.assertIn("no server answers (secure connection", done.stderr.lower())

    def test_a_server_that_acknowledges_before_it_flushes(self):
        cluster = self.cluster(["INC", "WARD"], flushes=False)
        inc = self.desk(cluster, "INC")
        wait_for("a server", lambda: "flushes" in inc.sync("setup").stdout)
        self.assertIn("set 'sync_interval: always'", self.codes(inc)["not_flushed"])
        inc.sync("run", "--once")
        self.assertIn("set 'sync_interval: always'", inc.loggist("doctor", check=False))

    def test_an_expired_certificate(self):
        cluster = self.cluster(["INC"])
        inc = self.desk(cluster, "INC", days=-1)
        said = self.codes(inc)
        self.assertIn("expired on 2021-01-01T00:00:00.000Z: put a new certificate there", said["certificate_expired"])
        self.assertIn("expired on 2021-01-01", inc.loggist("doctor", check=False))

    def test_certificates_of_strangers(self):
        cluster = self.cluster(["INC"])
        inc = self.desk(cluster, "INC")
        wait_for("a server", lambda: inc.sync("setup").returncode == 0)
        stranger = Authority(os.path.join(cluster.folder, "stranger"))
        certificate, key = stranger.sign("INC")
        address = [cluster.servers[0].url]
        inc.configure(servers=address, org="care", ca=cluster.authority.path, cert=certificate, key=key, replicas=1)
        said = wait_for("a sentence", lambda: self.codes(inc).get("certificate_refused"))
        self.assertIn("does not accept this machine's certificate", said)
        inc.start()
        wait_for("a sentence", lambda: "does not accept this machine's certificate" in inc.loggist("doctor", check=False))
        inc.kill()
        inc.configure(servers=address, org="care", ca=stranger.path, replicas=1)
        said = wait_for("a sentence", lambda: self.codes(inc).get("server_certificate"))
        self.assertIn("unable to get local issuer certificate", said)
        # What the process that has ended said of its own connection is no news.
        self.assertNotIn("certificate_refused", self.codes(inc))

    def test_a_user_that_may_not_publish_its_log(self):
        cluster = self.cluster(["INC", "WARD"])
        inc = self.desk(cluster, "INC")
        wait_for("a server", lambda: inc.sync("setup").returncode == 0)
        server = cluster.servers[0]
        server.kill()
        cluster.forbidden["INC"] = ["loggist.care.log.INC"]
        server.write()
        server.start()
        inc.log(1)
        said = wait_for("a sentence", lambda: self.codes(inc).get("not_allowed"))
        self.assertIn("publish loggist.care.log.INC", said)
        inc.start()
        wait_for("a sentence", lambda: "publish loggist.care.log.INC" in inc.loggist("doctor", check=False))

    def test_a_permission_that_is_given_back_is_a_problem_no_more(self):
        cluster = self.cluster(["INC"])
        inc, server = self.desk(cluster, "INC"), cluster.servers[0]
        wait_for("a server", lambda: inc.sync("setup").returncode == 0)
        inc.start()
        for forbidden in (["loggist.care.vector.INC"], []):
            server.kill()
            cluster.forbidden["INC"] = forbidden
            server.write()
            server.start()
            wait_for("the problem, or none", lambda: forbidden == [
                word for word in ["loggist.care.vector.INC"]
                if "publish " + word in inc.loggist("doctor", check=False)])
        wait_for("a connection", lambda: inc.state()["connected"])
        self.assertEqual(inc.state()["problems"], [])

    def test_status_says_nothing_to_the_others(self):
        cluster = self.cluster(["INC", "WARD"])
        inc, ward = self.desk(cluster, "INC"), self.desk(cluster, "WARD")
        wait_for("a server", lambda: inc.sync("setup").returncode == 0)
        inc.log(1)
        self.assertEqual(inc.sync("--once").returncode, 0)
        # A second machine was set up under the same code, and somebody looks whether all is well there.
        shutil.rmtree(inc.path)
        second = self.desk(cluster, "INC")
        self.assertEqual(second.status()[0]["problems"], [])
        self.assertEqual(ward.sync("--once").returncode, 0)
        self.assertEqual(ward.status()[0]["problems"], [])
        # It is an alarm once that one says who it is, and stays one for the next process.
        second.sync("--once", "--limit", "5")
        for _ in range(2):
            ward.sync("--once", "--limit", "5")
            self.assertIn("two machines are called INC", self.codes(ward)["twin"])
            self.assertIn("two machines are called INC", ward.loggist("doctor", check=False))

    def test_a_server_that_is_too_old_is_refused(self):
        try:
            cluster = self.cluster(["INC"], suite="bookworm", flushes=False)
        except Unavailable as error:
            self.skipTest(str(error))
        inc = self.desk(cluster, "INC")
        said = wait_for("a sentence", lambda: self.codes(inc).get("server_too_old"))
        self.assertIn("nats-server 2.9.10", said)
        self.assertIn("nothing is sent until it is 2.10.27 or later", said)
        self.assertEqual(inc.sync("setup").returncode, 69)
        inc.log(1)
        self.assertEqual(inc.sync("run", "--once", "--limit", "2").returncode, 69)
        self.assertIn("2.10.27", inc.loggist("doctor", check=False))
