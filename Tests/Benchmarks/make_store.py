"""Writes a store of any size, seeded and realistic, as files: what the benchmarks read.

Usage: python3 Tests/Benchmarks/make_store.py LOGGIST FOLDER ENTRIES [SEED]

Ten years of one desk that end on the day it is made: incidents of 2 to 60 entries, several at a time, a few of them
open at the end; three texts in ten are not ASCII; late entries, corrections, strikes, escalations, call-backs.
Segments by month, chained as docs/format.md says, so that `loggist verify` passes. One entry in fifty has a word of
its own (`needle17 haystack`), which a search has to find wherever it lies.
"""

import base64
import datetime
import hashlib
import heapq
import json
import os
import random
import subprocess
import sys

SERVICES = "pharmacy e-mail wifi badge printing telephony radiology intranet payroll vpn laboratory theatre".split()
PLACES = ["Pharmacy", "Ward A", "Ward B", "Registration", "Kitchen", "Theatre 2", "Entrée", "Notaufnahme", "会计室"]
PEOPLE = ["t.waller", "f.bello", "k.osei", "m.garcía", "j.müller", "o.adé"]
DESK = ["ama", "kofi", "zoë", "yaw"]
PLAIN = """printer mail slow again checked restarted waiting door queue server switch cable login password screen
frozen error timeout nothing works since morning asked caller to try once more vendor says part ordered looked at log
memory full cleared cache rebooted access denied certificate expired backup network port unplugged same as yesterday
monitor black update running rolled back version deployed ticket number given called twice no answer line busy""".split()
OTHER = """Drucker gestört Störung läuft wieder früh überprüft café réseau coupé éteint redémarré señal caída año niño
接続できない 再起動した 確認中 не работает снова проверил لا يعمل الشبكة ☎ naïve œuvre Ærø łącze żądanie""".split()
ZONE = datetime.timezone(datetime.timedelta(hours=1))
LONGEST = 60
STEPS = ["note", "observation", "check", "change", "diagnosis", "comms", "complaint"]


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


class Writer:
    def __init__(self, folder, node):
        self.folder = "%s/nodes/%s" % (folder, node)
        with open(self.folder + "/node.json") as file:
            identity = json.load(file)["uuid"]
        for name in os.listdir(self.folder):
            if name.endswith(".jsonl"):
                os.unlink(self.folder + "/" + name)
        self.node, self.prev, self.sequence = node, digest(identity.encode()), 0
        self.last, self.month, self.file = 0, None, None

    def write(self, logged, by, entry):
        """Logs an entry at a time in milliseconds; returns its reference."""
        self.last = max(logged, self.last + 1)
        self.sequence += 1
        moment = datetime.datetime.fromtimestamp(self.last / 1000, datetime.timezone.utc)
        if self.month != (moment.year, moment.month):
            if self.file:
                self.file.close()
            self.month = (moment.year, moment.month)
            path = "%s/%04d-%02d.jsonl" % (self.folder, *self.month)
            self.file = open(path, "wb", buffering=1 << 20, opener=lambda p, f: os.open(p, f, 0o600))
        body = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
        head = ('{"v":1,"node":"%s","seq":%d,"logged":"%s.%03dZ","by":"%s","via":"tui","prev":"%s","digest":"%s"' % (
            self.node, self.sequence, moment.strftime("%Y-%m-%dT%H:%M:%S"), self.last % 1000, by, self.prev,
            digest(body))).encode()
        self.file.write(head + b',"entry":' + body + b"}\n")
        self.prev = digest(head)
        return "%s.%d" % (self.node, self.sequence)


def words(randomness, count):
    pool = OTHER if randomness.random() < 0.3 else PLAIN
    return " ".join(randomness.choice(pool if randomness.random() < 0.7 else PLAIN) for _ in range(count))


def plan(randomness, number, start, is_open):
    """The entries of an incident: (seconds after its start, entry), in order; `ref` holds the place of the entry meant."""
    name, service = "INC-%d" % number, randomness.choice(SERVICES)
    length = min(60, 2 + int(randomness.expovariate(1 / 14)))
    span = randomness.lognormvariate(9, 1.2)
    title = words(randomness, 4)
    steps = [(0, {"kind": "opened", "incident": name, "title": title, "service": service,
                  "place": randomness.choice(PLACES)}),
             (0, {"kind": "complaint", "incident": name, "text": title, "caller": words(randomness, 2),
                  "channel": "phone", "callback": randomness.random() < 0.4})]
    if length == 2 and not is_open and randomness.random() < 0.5:
        # Somebody noticed it, and it was over.
        return [(start, steps[0][1]), (start + span, {"kind": "resolved", "incident": name})]
    if randomness.random() < 0.8:
        steps.append((30, {"kind": "set", "incident": name, "priority": randomness.choice(["P1", "P2", "P3", "P3", "P4"])}))
    calls = [1]
    for step in range(max(0, length - 5)):
        after = span * (step + 1) / length
        if randomness.random() < 0.06:
            place = len(steps)
            steps.append((after, {"kind": "escalated", "incident": name, "to": randomness.choice(PEOPLE)}))
            steps.append((after + 120, {"kind": "engaged", "incident": name, "ref": place}))
            continue
        if randomness.random() < 0.02:
            steps.append((after, {"kind": "corrected", "incident": name, "ref": 1, "set": {"caller": words(randomness, 2)},
                                  "reason": "misheard"}))
            continue
        if randomness.random() < 0.015 and step > 2:
            steps.append((after, {"kind": "struck", "incident": name, "ref": randomness.randrange(3, len(steps)),
                                  "reason": "wrong incident"}))
            continue
        kind = randomness.choice(STEPS)
        entry = {"kind": kind, "incident": name, "text": words(randomness, randomness.randint(3, 18))}
        if kind == "diagnosis":
            entry["verdict"] = randomness.choice(["suspected", "ruled_out", "confirmed"])
        if kind == "comms":
            entry["audience"] = "all wards"
        if kind == "complaint":
            calls.append(len(steps))
            entry["callback"] = randomness.random() < 0.4
        steps.append((after, entry))
    if randomness.random() < 0.85:
        steps.insert(2, (90, {"kind": "acknowledged", "incident": name}))
        for _, entry in steps:
            if isinstance(entry.get("ref"), int) and entry["ref"] >= 2:
                entry["ref"] += 1
        calls = [call + (1 if call >= 2 else 0) for call in calls]
    if not is_open:
        if randomness.random() < 0.6:
            steps.append((span * 0.95, {"kind": "restored", "incident": name}))
        steps += [(span, {"kind": "informed", "incident": name, "ref": call}) for call in calls
                  if steps[call][1].get("callback")]
        steps.append((span, {"kind": "resolved", "incident": name}))
    if len(steps) > LONGEST:
        steps = steps[:LONGEST - 1] + steps[-1:]
    return [(start + after, entry) for after, entry in steps]


def in_order(randomness, entries, begin, end):
    """The entries of all incidents by their time, with what is known of their incident's references; few are held at once.

    Incidents begin evenly until there are enough entries; the last days' are open more often than not.
    """
    waiting, planned, number, incidents = [], 0, 0, max(2, entries // 17)
    while planned < entries:
        number += 1
        start = begin + (end - begin) * min(number / incidents, 1) * 0.9999
        while waiting and waiting[0][0] <= start:
            yield heapq.heappop(waiting)
        is_open = randomness.random() < (0.5 if end - start < 3 * 86_400 else 0.0002)
        steps, refs = plan(randomness, number, start, is_open), {}
        planned += len(steps)
        for place, (when, entry) in enumerate(steps):
            heapq.heappush(waiting, (when, number, place, entry, refs))
    while waiting and waiting[0][0] <= end:
        yield heapq.heappop(waiting)


def main():
    loggist, folder, entries = sys.argv[1], sys.argv[2], int(sys.argv[3])
    randomness = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    end = int(datetime.datetime.now(datetime.timezone.utc).timestamp()) - 600
    begin = end - 10 * 365 * 86_400
    subprocess.run([loggist, "--store", folder, "init", "--node", "INC", "--zone", "Europe/Paris"], check=True,
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open(folder + "/config.yaml", "w") as file:
        file.write("desk: Bench desk\nzone: Europe/Paris\nservices: [%s]\n" % ", ".join(SERVICES))
    writer, count, needles = Writer(folder, "INC"), 0, 0
    for when, number, place, entry, refs in in_order(randomness, entries, begin, end):
        late = randomness.uniform(300, 2400) if randomness.random() < 0.05 else 0
        at = datetime.datetime.fromtimestamp(when - late, ZONE)
        written = {"kind": entry.pop("kind"), "incident": entry.pop("incident"),
                   "at": at.isoformat(timespec="seconds")}
        count += 1
        if isinstance(entry.get("ref"), int):
            if entry["ref"] not in refs:
                continue
            entry["ref"] = refs[entry["ref"]]
        written.update(entry)
        if count > (needles + 0.5) * entries / 50 and "text" in written:
            written["text"] = "needle%02d haystack %s" % (needles, written["text"])
            needles += 1
        written["salt"] = "%032x" % randomness.getrandbits(128)
        refs[place] = writer.write(int(when * 1000), randomness.choice(DESK), written)
    writer.file.close()


main()
