"""Three NATS servers on this machine, and desks with stores of their own that talk through them.

On loopback the servers have ports of their own; as root they stand in network namespaces of their own, behind a bridge,
so that they can be cut off: `Network.make` says which it is.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from .certificates import Authority
from .line import Line
from .servers import REPOSITORY, nats_server

LOGGIST = os.environ.get("LOGGIST", os.path.join(REPOSITORY, ".build", "debug", "loggist"))
SYNC = os.path.join(os.path.dirname(LOGGIST), "loggist-sync")


def wait_for(what, condition, seconds=30, every=0.05):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(every)
    raise AssertionError("after %d s: not %s" % (seconds, what))


class Loopback:
    """Everything on 127.0.0.1, told apart by ports; nothing can be cut."""

    cuts = False

    def __init__(self):
        self.ports = iter(self.free(64))

    @staticmethod
    def free(count):
        sockets = [socket.socket() for _ in range(count)]
        try:
            for one in sockets:
                one.bind(("127.0.0.1", 0))
            return [one.getsockname()[1] for one in sockets]
        finally:
            for one in sockets:
                one.close()

    def place(self, name, site=None):
        return "127.0.0.1", next(self.ports), next(self.ports)

    def words(self, name):
        return []

    def close(self):
        pass


class Namespaces:
    """A network namespace for each name, all on one bridge, or on the bridge of a site, from which one line leads to it.
    Names of devices carry this process's number."""

    cuts = True

    def __init__(self):
        self.number, self.names, self.addresses = os.getpid() % 10000, [], {}
        self.bridges, self.lines = {}, {}
        self.bridge = self.add_bridge(None)

    def add_bridge(self, site):
        bridge = "lgb%d%s" % (self.number, (site or "").lower()[:5])
        ip("link", "add", bridge, "type", "bridge")
        ip("link", "set", bridge, "up")
        self.bridges[site] = bridge
        if site:
            ends = ["lg%s%d%s" % (end, self.number, site.lower()[:5]) for end in "nf"]
            self.lines[site] = Line(list(zip(ends, (self.bridge, bridge))))
        return bridge

    def place(self, name, site=None):
        bridge = self.bridges.get(site) or self.add_bridge(site)
        self.names.append(name)
        space, device = self.space(name), self.device(name)
        address = "10.77.%d.%d" % (self.number % 250, len(self.names))
        self.addresses[name] = address
        ip("netns", "add", space)
        ip("link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", space)
        ip("link", "set", device, "master", bridge, "up")
        for words in (["addr", "add", address + "/24", "dev", "eth0"], ["link", "set", "eth0", "up"],
                      ["link", "set", "lo", "up"]):
            ip("-n", space, *words)
        return address, 4222, 6222

    def space(self, name):
        return "lg%d-%s" % (self.number, name)

    def device(self, name):
        return "lg%dv%d" % (self.number, self.names.index(name))

    def words(self, name):
        return ["ip", "netns", "exec", self.space(name)]

    def cut(self, name):
        """From everybody, both ways."""
        ip("link", "set", self.device(name), "down")

    def mend(self, name):
        ip("link", "set", self.device(name), "up")

    def deafen(self, name, other):
        """What `name` sends to `other` is lost; what the other one sends arrives."""
        ip("-n", self.space(name), "route", "add", "blackhole", self.addresses[other] + "/32")

    def undeafen(self, name, other):
        ip("-n", self.space(name), "route", "del", "blackhole", self.addresses[other] + "/32")

    def close(self):
        for name in self.names:
            ip("netns", "del", self.space(name))
        for line in self.lines.values():
            line.close()
        for bridge in self.bridges.values():
            ip("link", "del", bridge)


def ip(*words):
    subprocess.run(["ip"] + list(words), check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def network():
    """Namespaces where they can be made, else loopback, with a line that names what is left out."""
    if os.geteuid() == 0 and shutil.which("ip"):
        try:
            return Namespaces()
        except (OSError, subprocess.CalledProcessError):
            pass
    print("no network namespaces here: nothing is cut, the servers stand on loopback", flush=True)
    return Loopback()


class Server:
    def __init__(self, cluster, name):
        self.cluster, self.name, self.process = cluster, name, None
        self.address, self.port, self.route = cluster.network.place(name, cluster.site)
        # Where a site's servers connect to.
        self.leaf_port = 7422 if cluster.network.cuts else cluster.network.place(name)[1]
        self.folder = os.path.join(cluster.folder, name)
        self.url = "tls://%s:%d" % (self.address, self.port)

    def write(self):
        os.makedirs(self.folder, exist_ok=True)
        certificate, key = self.cluster.authority.sign(self.name, [self.address])
        routes = ", ".join('"nats-route://%s:%d"' % (other.address, other.route) for other in self.cluster.servers)
        cluster = "" if len(self.cluster.servers) == 1 else """
cluster { name: test, listen: "%s:%d", routes: [%s] }""" % (self.address, self.route, routes)
        cluster += self.leaves(certificate, key)
        text = """
listen: "%s:%d"
server_name: %s
ping_interval: "5s"
ping_max: 2
jetstream { store_dir: "%s/data"%s%s }
tls { cert_file: "%s", key_file: "%s", ca_file: "%s", verify_and_map: true, timeout: 5 }
system_account: SYS
accounts {
  SYS { users: [{ user: "CN=admin" }]
        exports: [{ service: "$SYS.REQ.SERVER.PING.JSZ", response_type: stream, accounts: [CARE] }] }
  CARE { jetstream: enabled
         imports: [{ service: { account: SYS, subject: "$SYS.REQ.SERVER.PING.JSZ" } }]
         users: [%s] }
}%s
""" % (self.address, self.port, self.name, self.folder,
            ", sync_interval: always" if self.cluster.flushes else "",
            ", domain: %s" % self.cluster.domain if self.cluster.domain else "", certificate, key, self.cluster.authority.path,
            ",\n".join(self.cluster.user(desk) for desk in self.cluster.desk_names), cluster)
        with open(os.path.join(self.folder, "server.conf"), "w") as file:
            file.write(text)

    def leaves(self, certificate, key):
        """What a hub's server has for its sites, or a site's for the hub: the lines of the logs go by the streams alone."""
        tls = 'tls { cert_file: "%s", key_file: "%s", ca_file: "%s", %%s timeout: 5 }' % (
            certificate, key, self.cluster.authority.path)
        if self.cluster.hub:
            return """
leafnodes { reconnect: 1
  remotes: [{ urls: [%s], account: CARE, %s
              deny_imports: ["loggist.care.log.>"], deny_exports: ["loggist.care.log.>"] }] }""" % (
                ", ".join('"tls://%s:%d"' % (server.address, server.leaf_port) for server in self.cluster.hub.servers),
                tls % "")
        if self.cluster.sites:
            return """
leafnodes { listen: "%s:%d", %s
  authorization { users: [%s] } }""" % (
                self.address, self.leaf_port, tls % "verify_and_map: true,",
                ", ".join('{ user: "CN=%s-n1", account: CARE }' % site.lower() for site in self.cluster.sites))
        return ""

    def start(self):
        self.log = open(os.path.join(self.folder, "log"), "a")
        self.process = subprocess.Popen(
            self.cluster.network.words(self.name)
            + [self.cluster.program, "-c", os.path.join(self.folder, "server.conf")],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    def kill(self, number=signal.SIGKILL):
        if self.process:
            self.process.send_signal(number)
            self.process.wait()
            self.log.close()
            self.process = None

    def wipe(self):
        shutil.rmtree(os.path.join(self.folder, "data"), ignore_errors=True)

    def save(self):
        shutil.rmtree(os.path.join(self.folder, "saved"), ignore_errors=True)
        shutil.copytree(os.path.join(self.folder, "data"), os.path.join(self.folder, "saved"))

    def put_back(self):
        self.wipe()
        shutil.copytree(os.path.join(self.folder, "saved"), os.path.join(self.folder, "data"))


class Cluster:
    """Servers with a user for each desk, who may do what docs/replication.md lists and no more: those of a hub, where
    `sites` names JetStream domains of sites, or those of a site, where `hub` is the hub's cluster."""

    def __init__(self, desks, servers=3, suite=None, flushes=True, on=None, domain=None, sites=(), hub=None):
        self.program = nats_server(suite)
        self.hub, self.sites, self.domain = hub, sites, domain
        self.site = domain if hub else None
        self.folder = tempfile.mkdtemp(prefix="loggist-cluster-")
        self.network = on or Loopback()
        self.authority = hub.authority if hub else Authority(os.path.join(self.folder, "certificates"))
        self.desk_names, self.flushes, self.replicas = desks, flushes, servers
        self.forbidden = {}
        prefix = self.site.lower() + "-n" if self.site else "n"
        self.servers = [Server(self, "%s%d" % (prefix, number + 1)) for number in range(servers)]
        for server in self.servers:
            server.write()
            server.start()

    def user(self, desk):
        stream = "LOGGIST_CARE"
        publish = ["loggist.care.log." + desk, "loggist.care.vector." + desk, "loggist.care.fetch.*",
                   "$JS.API.STREAM.INFO." + stream, "$JS.API.STREAM.CREATE." + stream,
                   "$JS.API.STREAM.UPDATE." + stream,
                   "$JS.API.CONSUMER.DURABLE.CREATE.%s.%s" % (stream, desk),
                   "$JS.API.CONSUMER.INFO.%s.%s" % (stream, desk),
                   "$JS.API.CONSUMER.MSG.NEXT.%s.%s" % (stream, desk), "$JS.API.CONSUMER.DELETE.%s.%s" % (stream, desk),
                   "$JS.ACK.%s.%s.>" % (stream, desk),
                   "$JS.API.CONSUMER.CREATE.%s.%s-last.loggist.care.log.*" % (stream, desk),
                   "$JS.API.CONSUMER.MSG.NEXT.%s.%s-last" % (stream, desk),
                   "$JS.API.CONSUMER.DELETE.%s.%s-last" % (stream, desk),
                   "$JS.API.CONSUMER.CREATE.%s.%s-erase.loggist.care.log.*" % (stream, desk),
                   "$JS.API.CONSUMER.MSG.NEXT.%s.%s-erase" % (stream, desk),
                   "$JS.API.CONSUMER.DELETE.%s.%s-erase" % (stream, desk), "$JS.API.STREAM.MSG.DELETE." + stream,
                   "$SYS.REQ.ACCOUNT.PING.STATZ", "$SYS.REQ.SERVER.PING.JSZ"]
        if self.hub:
            publish += ["$JS.API.STREAM.%s.%s_SITE" % (verb, stream) for verb in ("INFO", "CREATE", "UPDATE")]
        publish = [subject for subject in publish if subject not in self.forbidden.get(desk, ())]
        return """{ user: "CN=%s", permissions: { publish: %s, subscribe: %s,
            allow_responses: { max: 1, expires: "1m" } } }""" % (
            desk, json.dumps(publish),
            json.dumps(["_INBOX.care.%s.>" % desk, "loggist.care.vector.*", "loggist.care.fetch." + desk]))

    def close(self):
        for server in self.servers:
            server.kill()
        if not self.hub:
            self.network.close()
        if not os.environ.get("LOGGIST_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)


class Desk:
    """A machine with a store, and the process that carries its log."""

    def __init__(self, cluster, name, days=365):
        self.cluster, self.name, self.process = cluster, name, None
        self.path = os.path.join(cluster.folder, "store-" + name)
        self.place = name if cluster.network.cuts else None
        if self.place:
            cluster.network.place(name, cluster.site)
        self.env = dict(os.environ, LOGGIST_STORE=self.path, SWIFT_BACKTRACE="enable=no")
        self.loggist("init", "--node", name, "--desk", name)
        certificate, key = cluster.authority.sign(name, days=days)
        settings = {"hub": cluster.hub.domain} if cluster.hub else {"sites": cluster.sites} if cluster.sites else {}
        self.configure(servers=[server.url for server in cluster.servers], org="care", ca=cluster.authority.path,
                       cert=certificate, key=key, replicas=cluster.replicas, **settings)

    def configure(self, **settings):
        path = os.path.join(self.path, "config.yaml")
        with open(path) as file:
            text = file.read().split("sync:")[0]
        with open(path, "w") as file:
            file.write(text + "sync:\n" + "".join("  %s: %s\n" % (key, json.dumps(value))
                                                    for key, value in settings.items()))

    def loggist(self, *words, input=None, check=True):
        done = subprocess.run([LOGGIST] + list(words), env=self.env, input=input, text=True, capture_output=True)
        if check and done.returncode != 0:
            raise AssertionError("loggist %s: %d, %s" % (" ".join(words), done.returncode, done.stderr))
        return done.stdout

    def log(self, count, word="entry"):
        """So many entries, in one process and one batch."""
        lines = "".join(json.dumps({"kind": "note", "text": "%s %d of %s" % (word, number, self.name)}) + "\n"
                        for number in range(count))
        self.loggist("add", "--json", "--yes", input=lines)

    def sync(self, *words, seconds=60):
        return subprocess.run(self.cluster.network.words(self.name) + [SYNC] + list(words), env=self.env, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds)

    def start(self):
        log = open(self.path + ".log", "a")
        self.process = subprocess.Popen(self.cluster.network.words(self.name) + [SYNC, "run"], env=self.env,
                                        stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.close()

    def kill(self, number=signal.SIGKILL):
        if self.process:
            self.process.send_signal(number)
            self.process.wait()
            self.process = None

    def state(self):
        with open(os.path.join(self.path, "sync", "state.json")) as file:
            return json.load(file)

    def status(self):
        """What `status` says, as a value; its exit status beside it."""
        done = self.sync("status", "--json")
        return json.loads(done.stdout), done.returncode

    def files(self):
        """Every file of every log: its bytes by its path."""
        found = {}
        nodes = os.path.join(self.path, "nodes")
        for folder, _, names in os.walk(nodes):
            for name in names:
                if name != "lock":
                    path = os.path.join(folder, name)
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, nodes)] = file.read()
        return found

    def sizes(self):
        nodes = os.path.join(self.path, "nodes")
        return {os.path.relpath(os.path.join(folder, name), nodes): os.path.getsize(os.path.join(folder, name))
                for folder, _, names in os.walk(nodes) for name in names if name != "lock"}

    def lines(self, node):
        return sum(bytes.count(b"\n") for path, bytes in self.files().items()
                   if path.startswith(node + "/") and path.endswith(".jsonl"))


def are_equal(desks):
    sizes = [desk.sizes() for desk in desks]
    if any(other != sizes[0] for other in sizes) or len({path.split("/")[0] for path in sizes[0]}) < len(desks):
        return False
    files = [desk.files() for desk in desks]
    return all(other == files[0] for other in files)
