"""Imports of real tables, held against figures that somebody else computed, and what happens on the way."""

import json
import signal
import subprocess
import time
import unittest

from .desk import LOGGIST, ROOT, Desk

MAPS = ROOT / "data" / "import"
SERVICENOW = MAPS / "uci-servicenow"
SAMPLE = SERVICENOW / "sample200.csv"
PRIORITIES = {"P1": "1 - Critical", "P2": "2 - High", "P3": "3 - Moderate", "P4": "4 - Low"}


class Import(Desk):
    def setUp(self):
        super().setUp()
        self.loggist("init", "--node", "INC", "--zone", "UTC", "--desk", "Desk")

    def figures(self, period):
        return json.loads(self.loggist(
            "metrics", "--period", period, "--include-backfill", "--by", "priority", "--metric",
            "tts.1", "--format", "json"))

    def assertSame(self, ours, theirs):
        expected = {"n": theirs["n"], "p50_s": theirs["median_s_nearest_rank"],
                    "max_s": theirs["max_s"]}
        if theirs["n"] >= 10:
            expected["p90_s"] = theirs["p90_s_nearest_rank"]
        self.assertEqual({name: ours[name] for name in expected}, expected, ours["group"])

    def entries(self):
        """Without what differs from one log to the next."""
        lines = []
        for line in self.lines():
            entry = dict(line["entry"])
            entry.pop("salt")
            lines.append((line["via"], entry))
        return lines


class References(Import):
    def test_time_to_resolve_is_theirs_under_four_definitions_and_by_priority(self):
        reference = json.loads((SERVICENOW / "reference.json").read_text())
        theirs = reference["time_to_resolve"]
        cases = [
            ("events", "E_first_event_to_last_Resolved_event", None),
            ("columns", "A_dataset_opened_to_resolved", "A_by_priority_last_event"),
            ("first-event", "B_first_event_to_resolved_at", "B_by_priority_last_event"),
            ("closed", "C_opened_to_closed", None),
        ]
        for name, overall, by_priority in cases:
            with self.subTest(map=name):
                self.store = self.folder / name
                self.env["LOGGIST_STORE"] = str(self.store)
                self.loggist("init", "--node", "INC", "--zone", "UTC", "--desk", "Desk")
                self.loggist("import", SAMPLE, "--map", SERVICENOW / f"{name}.yaml")
                metrics = self.figures("2016..2018")
                self.assertEqual(metrics["population"]["incidents"],
                                 reference["counts"]["incidents"])
                for ours in metrics["metrics"]:
                    if ours["by"] is None:
                        self.assertSame(ours, theirs[overall])
                    elif by_priority:
                        self.assertSame(ours, theirs[by_priority][PRIORITIES[ours["group"]]])
                if name == "events":
                    first = metrics["first_attempt"]
                    self.assertEqual(
                        first["of"] - first["n"],
                        reference["counts"]["reopened_incidents_by_state_sequence"])
                    kinds = [line["entry"]["kind"] for line in self.lines()]
                    self.assertEqual(kinds.count("reopened"),
                                     reference["counts"]["reopens_by_state_sequence"])


class Documents(Import):
    def test_a_document_right_behind_an_import_has_all_of_it(self):
        # Each entry is recorded a millisecond behind the one before it, which is slower than an import.
        self.loggist("import", SAMPLE, "--map", SERVICENOW / "events.yaml", "--into", self.opened())
        said = json.loads(self.loggist("timeline", "INC-1", "--format", "json"))
        self.assertEqual(said["counts"]["entries"], len(self.lines()))

    def opened(self):
        self.loggist("new", "all of the desk's incidents")
        return "INC-1"


class Again(Import):
    def test_twice_is_once(self):
        arguments = ("import", SAMPLE, "--map", SERVICENOW / "events.yaml")
        self.loggist(*arguments)
        before = self.lines()
        said = self.loggist(*arguments)
        self.assertEqual(self.lines(), before)
        self.assertIn("imported 0 entries", said)
        self.assertIn(f"{len(before)} were in the log already", said)
        self.loggist("verify")

    def test_the_first_half_and_then_the_whole_is_the_whole(self):
        rows = SAMPLE.read_text().splitlines(keepends=True)
        half = self.folder / "half.csv"
        half.write_text("".join(rows[: len(rows) // 2]))
        by_map = ("--map", SERVICENOW / "events.yaml")
        self.loggist("import", half, *by_map)
        self.loggist("import", SAMPLE, *by_map)
        twice = self.entries()
        self.store = self.folder / "other"
        self.env["LOGGIST_STORE"] = str(self.store)
        self.loggist("init", "--node", "INC", "--zone", "UTC", "--desk", "Desk")
        self.loggist("import", SAMPLE, *by_map)
        self.assertEqual(sorted(map(json.dumps, twice)), sorted(map(json.dumps, self.entries())))

    def test_killed_and_repeated_is_whole(self):
        arguments = [LOGGIST, "import", str(SAMPLE), "--map", str(SERVICENOW / "events.yaml")]
        for pause in (0.02, 0.05, 0.1, 0.2):
            process = subprocess.Popen(arguments, env=self.env, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.loggist(*arguments[1:])
        # A write that was cut short leaves half a line, which stays where it is and counts as none.
        self.put_pieces_aside()
        records = [json.dumps(entry["source"]) for _, entry in self.entries()]
        self.assertEqual(len(records), len(set(records)))
        self.assertEqual(len(records), 1885)

    def put_pieces_aside(self):
        """Asks first whether every line is as it was written, then takes out what is none."""
        self.loggist("verify")
        for path in self.store.glob("nodes/*/*.jsonl"):
            lines = path.read_bytes().splitlines(keepends=True)
            path.write_bytes(b"".join(line for line in lines if line.endswith(b"}}\n")))

    def test_what_was_redacted_does_not_come_back(self):
        table = self.folder / "t.csv"
        table.write_text("incident,time,text\nA,2016-03-01 08:00,patient Doe\nA,2016-03-01 09:00,x\n")
        self.loggist("import", table)
        for line in self.lines():
            if "Doe" in json.dumps(line):
                self.loggist("redact", f"{line['node']}.{line['seq']}", "--reason", "name",
                             "--yes")
        self.loggist("import", table)
        self.assertNotIn("Doe", json.dumps(self.lines()))


class OnTheWay(Import):
    def test_what_cannot_be_read_is_written_and_the_rest_goes_in(self):
        table = self.folder / "damaged.csv"
        table.write_text(
            "incident,time,text\nA,31-02-2016 08:00,impossible\nA,29-02-2016 08:00,fine\nA,x\n")
        rejects = self.folder / "rejects.csv"
        said = self.loggist("import", table, "--rejects", rejects, status=65)
        self.assertIn("2 records of 3 rejected", said)
        self.assertIn("damaged.csv:2: time: \"31-02-2016 08:00\" is a day that the calendar does not",
                      self.errors)
        self.assertEqual(rejects.read_text(),
                         "incident,time,text\nA,31-02-2016 08:00,impossible\nA,x\n")
        self.assertEqual(len(self.lines()), 2)
        self.loggist("import", table, "--rejects", rejects, status=73)

    def test_a_dry_run_shows_and_logs_nothing(self):
        table = self.folder / "t.csv"
        table.write_text("incident,time,text\nA,03/04/2016 08:00,first\n")
        said = self.loggist("import", table, "--dry-run")
        for wanted in ("would log 2 entries of 1 incident", "opened", "day or the month", "zone"):
            self.assertIn(wanted, said)
        self.assertEqual(self.lines(), [])

    def test_a_map_that_does_not_fit_says_where(self):
        mapped = self.folder / "map.yaml"
        mapped.write_text("incident: nmuber\nat: opened_at\n")
        self.loggist("import", SAMPLE, "--map", mapped, status=65)
        self.assertIn(f"{mapped}:1: incident: there is no column \"nmuber\"; did you mean \"number\"?",
                      self.errors)

    def test_into_an_incident_and_from_standard_input(self):
        self.loggist("new", "Printer on fire")
        self.loggist("import", "-", "--into", "INC-1",
                     text="time,text\n2016-03-01 08:00,smelt it\n2016-03-01 08:05,saw it\n")
        incidents = {line["entry"].get("incident") for line in self.lines()}
        self.assertEqual(incidents, {"INC-1"})
        self.assertIn("saw it", self.loggist("show", "INC-1"))

    def test_the_foreign_name_is_shown_and_found(self):
        self.loggist("import", SAMPLE, "--map", SERVICENOW / "events.yaml")
        self.assertIn("INC0000060 (uci-servicenow)", self.loggist("show", "INC-2"))
        self.assertIn("INC-2", self.loggist("search", "INC0000060"))


class StatusPage(Import):
    PAGE = {"page": {"id": "p"}, "incidents": [{
        "id": "abc", "name": "API down", "status": "resolved", "impact": "major",
        "started_at": "2020-01-01T10:00:00Z", "resolved_at": "2020-01-01T12:00:00Z",
        "components": [{"name": "API"}],
        "incident_updates": [
            {"id": "u4", "status": "resolved", "body": "Fixed.",
             "display_at": "2020-01-01T12:00:00Z"},
            {"id": "u1", "status": "investigating", "body": "We look &amp; see.",
             "display_at": "2020-01-01T10:05:00Z"},
            {"id": "u3", "status": "monitoring", "body": "A fix is out.",
             "display_at": "2020-01-01T11:30:00Z"},
            {"id": "u2", "status": "identified", "body": "<p>The cache.</p>",
             "display_at": "2020-01-01T11:00:00Z"},
        ]}, {
        "id": "def", "name": "Old", "status": "resolved", "impact": "minor",
        "started_at": "2012-01-01T23:50:00Z", "resolved_at": "2012-01-01T23:50:00Z",
        "incident_updates": [
            {"id": "v1", "status": "resolved", "display_at": "2012-01-01T23:50:00Z",
             "body": "<ul><li><strong>23:50</strong> - 2 servers down</li>"
                     "<li><strong>00:20</strong> - Back.</li></ul>"}]}]}

    def kinds(self):
        return [(line["entry"]["incident"], line["entry"]["at"][:16], line["entry"]["kind"])
                for line in self.lines()]

    def test_updates_go_by_their_time_and_a_list_is_unfolded(self):
        page = self.folder / "incidents.json"
        page.write_text(json.dumps(self.PAGE, indent=2))
        self.loggist("import", page)
        self.assertEqual(self.kinds(), [
            ("INC-1", "2012-01-01T23:50", "opened"), ("INC-1", "2012-01-01T23:50", "set"),
            ("INC-1", "2012-01-01T23:50", "comms"), ("INC-1", "2012-01-02T00:20", "resolved"),
            ("INC-2", "2020-01-01T10:00", "opened"), ("INC-2", "2020-01-01T10:00", "set"),
            ("INC-2", "2020-01-01T10:05", "acknowledged"),
            ("INC-2", "2020-01-01T11:00", "diagnosis"), ("INC-2", "2020-01-01T11:30", "mitigation"),
            ("INC-2", "2020-01-01T12:00", "resolved"),
        ])
        texts = [line["entry"].get("text") for line in self.lines()]
        self.assertIn("2 servers down", texts)
        self.assertIn("We look & see.", texts)

    def test_lines_are_the_same_as_the_whole(self):
        page = self.folder / "incidents.jsonl"
        page.write_text("".join(json.dumps(one) + "\n" for one in self.PAGE["incidents"]))
        self.loggist("import", page)
        self.assertEqual(len(self.kinds()), 10)

    def test_the_pages_own_times_count_where_a_map_says_so(self):
        page = self.folder / "incidents.json"
        page.write_text(json.dumps(self.PAGE))
        self.loggist("import", page, "--map", MAPS / "status-page" / "columns.yaml")
        ends = [at for _, at, kind in self.kinds() if kind == "resolved"]
        self.assertEqual(ends, ["2012-01-01T23:50", "2020-01-01T12:00"])


class OwnLog(Import):
    def test_another_stores_segment_keeps_its_heads_and_references(self):
        self.loggist("new", "Cannot log in", "callback=yes")
        complaint = next(f"INC.{line['seq']}" for line in self.lines()
                         if line["entry"]["kind"] == "complaint")
        self.loggist("add", "INC-1", "informed", f"ref={complaint}")
        theirs = self.lines()
        segment = next(self.store.glob("nodes/INC/*.jsonl"))
        copy = self.folder / "segment.jsonl"
        copy.write_bytes(segment.read_bytes())
        self.store = self.folder / "other"
        self.env["LOGGIST_STORE"] = str(self.store)
        self.loggist("init", "--node", "LAB", "--zone", "UTC", "--desk", "Lab")
        self.loggist("import", copy)
        ours = self.lines()
        self.assertEqual(len(ours), len(theirs))
        for one, other in zip(ours, theirs):
            self.assertEqual(one["entry"]["source"]["head"]["digest"], other["digest"])
            self.assertEqual(one["entry"]["at"], other["entry"]["at"])
        informed = next(line for line in ours if line["entry"]["kind"] == "informed")
        self.assertTrue(informed["entry"]["ref"].startswith("LAB."))
        self.loggist("import", copy)
        self.assertEqual(self.lines(), ours)

    def test_nothing_imported_strikes_what_was_logged_here(self):
        self.loggist("new", "Mine")
        lines = [{"kind": "struck", "at": "2020-01-01T00:00:00Z", "ref": "INC.1", "reason": "x"},
                 {"kind": "redacted", "at": "2020-01-01T00:00:00Z", "ref": "INC.1", "reason": "x"}]
        self.loggist("import", "-", text="".join(json.dumps(line) + "\n" for line in lines),
                     status=65)
        self.assertIn("about INC.1, which is not among the imported entries", self.errors)
        self.assertIn("Mine", self.loggist("show", "INC-1"))
        self.assertEqual([line["entry"]["kind"] for line in self.lines()].count("struck"), 0)


if __name__ == "__main__":
    unittest.main()
