"""Two machines that no network joins: packs on a memory stick, whole, damaged, forked, and killed half way."""

import json
import os
import random
import signal
import subprocess
import time

from .desk import LOGGIST, Desk


class Packs(Desk):
    """Machine INC in `store`, machine WARD in `ward`, and a stick between them."""

    def setUp(self):
        super().setUp()
        self.make_store()
        self.ward = self.folder / "ward"
        self.loggist("init", "--store", self.ward, "--node", "WARD", "--zone", "Africa/Lagos")
        self.stick = self.folder / "stick.pack"

    def at(self, store, command, *words, **options):
        return self.loggist(command, "--store", store, *words, **options)

    def tree(self, store):
        return {path.relative_to(store): path.read_bytes() for path in sorted(store.rglob("*"))
                if path.is_file() and path.name not in ("lock", "reserve")}

    def logs_agree(self, node, one, other):
        mine, theirs = (
            {path.name: path.read_bytes() for path in (store / "nodes" / node).iterdir() if path.name != "lock"}
            for store in (one, other))
        self.assertEqual(mine, theirs)

    def outage(self):
        self.loggist("new", "printer in Ward A, patient Sokolova")
        (self.folder / "screen.txt").write_text("blue screen of Sokolova\n" * 30_000)
        self.loggist("evidence", "add", "INC-1", "screen.txt", "what it showed")

    def test_a_stick_carries_entries_evidence_and_redactions(self):
        self.outage()
        self.at(self.ward, "new", "WLAN is down")
        self.loggist("pack", self.stick)
        self.assertEqual(self.stick.stat().st_mode & 0o777, 0o600)
        # It is what jq and less read: one object a line.
        objects = [json.loads(line) for line in self.stick.read_text().splitlines()]
        self.assertEqual(objects[0]["nodes"][0]["node"], "INC")
        self.assertEqual([o["seq"] for o in objects if "entry" in o], [1, 2, 3])
        self.assertEqual(objects[-1]["lines"], 3)
        said = self.at(self.ward, "unpack", self.stick)
        self.assertEqual(said, "INC: 3 entries taken, INC.1 to INC.3\n1 file of evidence\n")
        self.logs_agree("INC", self.store, self.ward)
        board = self.at(self.ward, "list")
        self.assertIn("INC-1", board)
        self.assertIn("WARD-1", board)
        self.assertEqual(self.at(self.ward, "evidence", "check"), "1 file is whole.\n")
        # The other way by a pipe, as over ssh, and an incident that both work on.
        self.at(self.ward, "add", "INC-1", "note", "the ward's printer works")
        packed = self.at(self.ward, "pack", "-")
        self.loggist("unpack", "-", text=packed)
        self.assertIn("the ward's printer works", self.loggist("timeline", "INC-1"))
        # What is redacted at its source is blanked here, and its file goes.
        self.loggist("redact", "INC.3", "--reason", "a patient's name", "--yes")
        self.loggist("redact", "INC.2", "--reason", "a patient's name", "--yes")
        self.loggist("redact", "INC.1", "--reason", "a patient's name", "--yes")
        newer = self.folder / "newer.pack"
        self.loggist("pack", newer)
        self.assertIn("redacted here, too: INC.1, INC.2 and INC.3", self.at(self.ward, "unpack", newer))
        self.at(self.ward, "unpack", self.stick)
        for path in self.ward.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"Sokolova", path.read_bytes(), path)
        self.logs_agree("INC", self.store, self.ward)
        self.assertIn("every digest and every link holds", self.at(self.ward, "verify"))

    def test_what_is_no_whole_pack_is_refused_and_nothing_changes(self):
        self.outage()
        self.loggist("pack", self.stick)
        self.at(self.ward, "unpack", self.stick, "--zone", "UTC")
        self.loggist("add", "INC-1", "note", "more")
        self.loggist("pack", self.stick, "--force")
        whole, before = self.stick.read_bytes(), self.tree(self.ward)
        for damage, said in [
            (whole[:-1], "was cut off: copy it once more"),
            (whole[: len(whole) // 2], "was cut off: copy it once more"),
            (whole.replace(b"more", b"less"), "stick.pack:5: the entry of INC.4 was altered: its digest differs"),
            (whole.replace(b'"size":720000', b'"size":720001'), "evidence that is not what its name says"),
            (b"PK\x03\x04", "is no pack: 'loggist pack' makes one"),
            (b"", "is no pack"),
        ]:
            self.stick.write_bytes(damage)
            self.at(self.ward, "unpack", self.stick, status=65)
            self.assertIn(said, self.errors)
            self.assertEqual(self.tree(self.ward), before)
        self.at(self.ward, "unpack", "/etc", status=1)
        self.at(self.ward, "unpack", "/dev/null", status=65)
        self.at(self.ward, "unpack", self.folder / "nothing", status=1)

    def test_a_gap_is_named_and_the_pack_that_it_asks_for_closes_it(self):
        self.outage()
        self.loggist("pack", self.stick)
        self.at(self.ward, "unpack", self.stick)
        head = [line for line in self.at(self.ward, "verify").splitlines() if line.startswith("INC.")][0]
        self.loggist("add", "INC-1", "note", "one")
        later = [line for line in self.loggist("verify").splitlines() if line.startswith("INC.")][0]
        self.loggist("add", "INC-1", "note", "two")
        self.loggist("pack", self.stick, "--force", "--since", later)
        self.at(self.ward, "unpack", self.stick, status=1)
        self.assertIn("INC: nothing was taken, INC.4 is missing in front of INC.5", self.errors)
        self.loggist("pack", self.stick, "--force", "--since", head)
        self.assertEqual(self.at(self.ward, "unpack", self.stick), "INC: 2 entries taken, INC.4 to INC.5\n")
        self.logs_agree("INC", self.store, self.ward)

    def test_two_machines_of_one_code_are_an_alarm_and_how_it_is_mended(self):
        self.outage()
        other = self.folder / "other"
        self.loggist("init", "--store", other, "--node", "INC", "--zone", "Africa/Lagos")
        self.at(other, "new", "lift stands still")
        self.at(other, "pack", self.stick)
        before = self.tree(self.store / "nodes")
        self.loggist("unpack", self.stick, status=1)
        self.assertIn("FORK: another machine writes under the code INC, too", self.errors)
        self.assertEqual(self.tree(self.store / "nodes"), before)
        kept = self.store / "sync" / "forks" / "INC.jsonl"
        self.assertEqual(kept.read_bytes(), (next((other / "nodes" / "INC").glob("2*.jsonl"))).read_bytes())
        self.assertIn("a second, different INC.1 came from elsewhere", self.loggist("verify", status=1))
        # The manual's way out: a store with another code for the second machine, its lines imported there.
        new = self.folder / "new"
        self.loggist("init", "--store", new, "--node", "LIFT", "--zone", "Africa/Lagos")
        self.at(new, "import", kept)
        self.assertIn("lift stands still", self.at(new, "list"))
        kept.unlink()
        self.assertIn("every digest and every link holds", self.loggist("verify"))
        self.at(new, "pack", self.stick, "--force")
        self.loggist("unpack", self.stick)
        self.assertIn("lift stands still", self.loggist("list"))

    def test_killed_at_any_moment_the_same_pack_ends_it(self):
        seed = int(os.environ.get("LOGGIST_KILL_SEED", "6"))
        rounds = int(os.environ.get("LOGGIST_PACK_KILLS", "12"))
        chance = random.Random(seed)
        notes = "".join(
            json.dumps({"kind": "note", "at": "2026-01-05T20:50:00+01:00", "text": f"note {number} " + "x" * 200}) + "\n"
            for number in range(4_000))
        self.loggist("add", "--json", text=notes)
        self.loggist("pack", self.stick)
        started = time.monotonic()
        self.at(self.folder / "ward", "unpack", self.stick)
        whole = time.monotonic() - started
        cut = 0
        for number in range(rounds):
            store = self.folder / f"victim{number}"
            self.loggist("init", "--store", store, "--node", "V", "--zone", "UTC")
            for _ in range(3):
                child = subprocess.Popen(
                    [LOGGIST, "unpack", "--store", store, self.stick], env=self.env, stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                try:
                    child.wait(chance.uniform(0, whole))
                except subprocess.TimeoutExpired:
                    child.send_signal(signal.SIGKILL)
                    child.wait()
                    cut += 1
                self.assertIn(child.returncode, (0, -9), f"seed {seed}")
            self.at(store, "unpack", self.stick)
            self.logs_agree("INC", self.store, store)
        self.assertGreater(cut, 0)
