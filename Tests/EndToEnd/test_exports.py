"""Documents for programs and for others' eyes: columns, dates, schemas, what is left out and replaced, and the same bytes
for the same question, wherever it is asked."""

import ctypes
import json
import os
import re
import resource
import signal
import struct
import subprocess
import unittest

from . import inert
from .desk import LOGGIST, REFERENCE, ROOT, Desk

NOW = "2022-01-05T21:40:00+01:00"


def documents(desk):
    """Every document with an incident or a period, and what it can be had as, by the program's own account."""
    for words in (["timeline", "INC-1"], ["postmortem", "INC-1"], ["handover"], ["metrics", "INC-1"],
                  ["metrics", "--period", "2022-01"], ["report", "--period", "2022-01"]):
        if not re.search(rf"^  {words[0]} ", desk.loggist("--help"), re.M):
            continue
        desk.loggist(*words, "--format", "?", status=64)
        formats = re.search(r"there is ([a-z, ]+)$", desk.errors.strip())[1].replace(" and ", " ")
        yield words, re.findall("[a-z]+", formats)


class Exports(Desk):
    def setUp(self):
        super().setUp()
        self.make_rehearsal(now="2022-01-05T20:40:00+01:00")
        with open(self.store / "config.yaml", "a") as configuration:
            configuration.write("people:\n  t.waller: {name: Terence Waller}\n")
        self.minute = 45

    def log(self, *entries, by="ama"):
        now = f"2022-01-05T20:{self.minute}:00+01:00"
        self.minute += 1
        text = "".join(json.dumps({"at": now, **entry}) + "\n" for entry in entries)
        return self.loggist("add", "--json", "--yes", "--now", now, "--by", by, text=text).split()

    def evening(self):
        self.log({"kind": "opened", "title": "Pharmacy is down", "visibility": "public"},
                 {"kind": "complaint", "text": "Ngozi cannot order, says dr. okafor", "caller": "Ngozi Okafor",
                  "place": "Pharmacy", "contact": "0803 555 1234", "callback": True})
        self.log({"kind": "escalated", "incident": "INC-1", "to": "Terence Waller", "text": "rang t.waller twice"})
        self.log({"kind": "note", "incident": "INC-1", "text": "Ama spoke with TERENCE; Waller's router is new"})
        self.log({"kind": "comms", "incident": "INC-1", "audience": "all wards", "visibility": "public",
                  "text": "We are working on it, Terence Waller is on his way",
                  "next_due": "2022-01-05T22:00:00+01:00"})
        self.log({"kind": "measure", "incident": "INC-1", "type": "corrective", "owner": "Terence Waller",
                  "due": "2022-01-06", "text": "Buy a router; and a cable, long"}, by="t.waller")
        self.log({"kind": "measure", "incident": "INC-1", "type": "preventive", "owner": "Adaeze",
                  "due": "2022-02-01T09:30:00+01:00", "text": "Ask Adaeze"}, by="t.waller")
        self.log({"kind": "measure", "incident": "INC-1", "type": "preventive", "text": "without a date"})
        self.log({"kind": "corrected", "ref": "INC.5", "set": {"text": "We are on it"}, "reason": "Terence asked"})

    def had(self, *words):
        return self.loggist(*words, "--now", NOW)

    # Columns

    def test_the_columns_are_those_of_the_documentation(self):
        self.evening()
        page = (ROOT / "docs" / "exports.md").read_text()
        shared = re.findall(r"^\| (`as_of`.*?|`left_out`|`names`|`rehearsal`|`heads`.*?) \|", page, re.M)
        shared = re.findall("`([a-z_]+)`", " ".join(shared))
        for title, words in (("`timeline`", ["timeline", "INC-1"]), ("`postmortem`", ["postmortem", "INC-1"]),
                             ("`handover`", ["handover"]), ("`metrics INC-12`", ["metrics", "INC-1"]),
                             ("`metrics` and `report`", ["metrics", "--period", "2022-01"]),
                             ("`metrics` and `report`", ["report", "--period", "2022-01"])):
            section = page.split(f"### {title}, version 1")[1].split("\n#")[0]
            names = re.findall("`([a-z0-9_]+)`", " ".join(re.findall(r"^\| (`.*?) \|", section, re.M)))
            columns, rows = inert.csv_rows(self.had(*words, "--format", "csv"))
            self.assertEqual(columns, names + shared)
            self.assertGreater(len(rows), 3)
            self.assertEqual({row["v"] for row in rows}, {"1"})

    def test_csv_as_excel_wants_it(self):
        self.evening()
        plain = self.had("timeline", "INC-1", "--format", "csv")
        self.assertEqual(self.had("timeline", "INC-1", "--format", "csv", "--excel"), "\ufeff" + plain)
        self.loggist("timeline", "INC-1", "--format", "md", "--excel", status=64)
        self.assertEqual(self.errors, "loggist: --excel goes with --format csv\n")

    def test_a_struck_entry_leaves_nothing_but_the_fact(self):
        self.evening()
        self.log({"kind": "struck", "ref": "INC.4", "reason": "another incident"})
        _, rows = inert.csv_rows(self.had("timeline", "INC-1", "--format", "csv"))
        struck = next(row for row in rows if row["ref"] == "INC.4")
        self.assertEqual((struck["struck_by"], struck["struck_because"], struck["text"], struck["words"]),
                         ("INC.10", "another incident", "", ""))
        corrected = next(row for row in rows if row["ref"] == "INC.5")
        self.assertEqual((corrected["text"], corrected["corrected_by"]), ("We are on it", "INC.9"))

    # Calendars

    def test_what_is_due_is_in_the_calendar(self):
        from icalendar import Calendar
        self.evening()
        raw = self.had("postmortem", "INC-1", "--format", "ics")
        events = Calendar.from_ical(raw).walk("VEVENT")
        identity = json.loads((self.store / "store.json").read_text())["store"]
        self.assertEqual([str(event["UID"]) for event in events], [f"INC.6@{identity}", f"INC.7@{identity}"])
        self.assertEqual(events[0].decoded("DTSTART").isoformat(), "2022-01-06")
        self.assertEqual(events[1].decoded("DTSTART").isoformat(), "2022-02-01T08:30:00+00:00")
        self.assertEqual(str(events[0]["SUMMARY"]), "Measure due: Buy a router; and a cable, long (INC-1)")
        self.assertEqual({event.decoded("DTSTAMP").isoformat() for event in events}, {"2022-01-05T20:40:00+00:00"})
        self.log({"kind": "measure_update", "incident": "INC-1", "ref": "INC.6", "state": "dropped"})
        again = Calendar.from_ical(self.had("postmortem", "INC-1", "--format", "ics")).walk("VEVENT")
        self.assertEqual((again[0]["UID"], again[0]["STATUS"]), (events[0]["UID"], "CANCELLED"))
        self.assertGreater(again[0].decoded("LAST-MODIFIED"), events[0].decoded("LAST-MODIFIED"))
        shift = Calendar.from_ical(self.had("handover", "--format", "ics")).walk("VEVENT")
        self.assertEqual([str(event["SUMMARY"]) for event in shift], ["Next update to all wards (INC-1)"])
        self.loggist("timeline", "INC-1", "--format", "ics", status=64)

    def test_a_calendar_without_a_date_is_said_to_be_empty(self):
        self.log({"kind": "opened", "title": "quiet"})
        self.assertNotIn("VEVENT", self.had("postmortem", "INC-1", "--format", "ics"))
        self.assertEqual(
            self.errors, "loggist: nothing in it has a date that it is due: the calendar is empty\n")

    # For others' eyes

    SECRETS = ["Ngozi", "Okafor", "okafor", "0803", "Ama", "router", "Adaeze", "rang"]

    def test_what_is_not_public_is_in_no_document_and_no_format(self):
        self.evening()
        for words, formats in documents(self):
            for form in formats:
                text = self.had(*words, "--public", "--format", form)
                for secret in self.SECRETS:
                    self.assertNotIn(secret, text, f"{words} {form}")
                if form == "json":
                    about = {"public_only": True, "entries_left_out": 6, "names_replaced": False}
                    self.assertEqual(json.loads(text)["withheld"], about, words)
                elif form in ("txt", "md", "html"):
                    self.assertIn("6 entries that are not public", " ".join(text.split()), f"{words} {form}")
        self.assertIn("We are on it", self.had("timeline", "INC-1", "--public"))
        _, rows = inert.csv_rows(self.had("timeline", "INC-1", "--public", "--format", "csv"))
        self.assertEqual([(row["ref"], row["left_out"]) for row in rows], [("INC.1", "6"), ("INC.5", "6")])

    def test_an_entry_is_made_public_and_internal_again(self):
        self.log({"kind": "opened", "title": "quiet"})
        self.loggist("timeline", "INC-1", "--public", status=1)
        self.assertIn("no entry of INC-1 is public", self.errors)
        self.loggist("add", "INC-1", "note", "for everybody visibility=public", "--now", NOW)
        later = "2022-01-05T21:41:00+01:00"
        self.assertIn("for everybody", self.loggist("timeline", "INC-1", "--public", "--now", later))
        self.loggist("correct", "INC.2", "visibility=internal", "--reason", "it was not", "--now", later)
        self.loggist("timeline", "INC-1", "--public", "--now", "2022-01-05T21:45:00+01:00", status=1)
        self.loggist("add", "INC-1", "note", "no such visibility=secret", "--now", later, status=65)
        self.loggist("new", "the lift is stuck visibility=public", "--now", "2022-01-05T21:50:00+01:00")
        self.assertIn("the lift is stuck",
                      self.loggist("timeline", "INC-2", "--public", "--now", "2022-01-05T21:51:00+01:00"))

    NAMES = ["Ngozi", "Okafor", "okafor", "0803", "Ama", "ama ", "Terence", "TERENCE", "Waller", "waller", "Adaeze"]

    def test_names_are_roles_in_every_document_and_format(self):
        self.evening()
        for words, formats in documents(self):
            for form in formats:
                text = self.had(*words, "--redact-names", "--format", form)
                for name in self.NAMES:
                    self.assertNotIn(name, text, f"{words} {form}")
                if form == "json":
                    self.assertTrue(json.loads(text)["withheld"]["names_replaced"])
                elif form in ("txt", "md", "html"):
                    self.assertIn("people are shown as roles", " ".join(text.split()), f"{words} {form}")
        _, rows = inert.csv_rows(self.had("timeline", "INC-1", "--redact-names", "--format", "csv"))
        rows = {row["ref"]: row for row in rows}
        self.assertEqual(rows["INC.2"]["text"], "Caller 1 cannot order, says dr. Caller 1")
        self.assertEqual((rows["INC.2"]["caller"], rows["INC.2"]["by"]), ("Caller 1", "Desk agent 1"))
        self.assertEqual((rows["INC.3"]["to"], rows["INC.3"]["text"]), ("On-call officer 1", "rang On-call officer 1 twice"))
        self.assertEqual(rows["INC.4"]["text"],
                         "Desk agent 1 spoke with On-call officer 1; On-call officer 1's router is new")
        self.assertEqual((rows["INC.6"]["by"], rows["INC.6"]["owner"]), ("On-call officer 1", "On-call officer 1"))
        self.assertEqual(rows["INC.7"]["owner"], "Person 1")
        self.assertEqual({row["names"] for row in rows.values()}, {"replaced"})

    # Schemas

    def test_json_is_as_its_schema_says(self):
        from jsonschema import Draft202012Validator
        self.evening()
        for store, now in ((self.store, NOW), (REFERENCE, "2022-01-06T09:30:00+01:00")):
            def had(*words):
                # A doctor who finds something ends with 1.
                status = 1 if words[0] == "doctor" and store == REFERENCE else 0
                return json.loads(
                    self.loggist(*words, "--store", store, "--now", now, "--format", "json", status=status))
            cases = [("board", ["list"]), ("board", ["list", "--all"]), ("incident", ["show", "INC-1"]),
                     ("entry", ["show", "INC.2"]), ("entry", ["show", "INC.5"]), ("search", ["search", "pharmacy"]),
                     ("verify", ["verify"]), ("doctor", ["doctor"])]
            for words, _ in documents(self):
                name = "incident-metrics" if words == ["metrics", "INC-1"] else words[0]
                cases += [(name, words), (name, words + ["--redact-names"])]
                if store == self.store:
                    cases.append((name, words + ["--public"]))
            for name, words in cases:
                schema = json.loads((ROOT / "docs" / "schemas" / f"{name}.json").read_text())
                Draft202012Validator.check_schema(schema)
                for error in Draft202012Validator(schema).iter_errors(had(*words)):
                    self.fail(f"{words}: {error.json_path}: {error.message[:300]}")
        receipt = self.loggist("add", "INC-1", "note", "one more", "--format", "json", "--now", "2022-01-05T22:00:00+01:00")
        schema = json.loads((ROOT / "docs" / "schemas" / "receipt.json").read_text())
        Draft202012Validator(schema).validate(json.loads(receipt))

    # The same bytes

    def test_the_same_question_has_the_same_answer_everywhere(self):
        self.evening()
        places = [
            dict(cwd=self.folder, env=self.env),
            dict(cwd="/", env={**self.env, "TZ": "Asia/Kathmandu", "LANG": "de_DE.UTF-8", "LC_ALL": "C", "COLUMNS": "40",
                               "LOGGIST_STORE": "", "HOME": "/nonexistent", "USER": "somebody"}),
        ]
        count = 0
        for words, formats in documents(self):
            for form in formats:
                for options in ([], ["--redact-names"], ["--public", "--hours", "12", "--zone", "UTC"]):
                    made = {
                        subprocess.run(
                            [LOGGIST, *words, "--format", form, *options, "--store", self.store, "--as-of", NOW],
                            capture_output=True, check=True, timeout=60, stdin=subprocess.DEVNULL, **place).stdout
                        for place in places * (2 if not options else 1)}
                    self.assertEqual(len(made), 1, f"{words} {form} {options}")
                    self.assertTrue(made.pop())
                    count += 1
        self.assertGreater(count, 50)

    def test_what_was_recorded_later_changes_no_document_of_before(self):
        self.evening()
        questions = [[*words, "--format", form, "--as-of", "2022-01-05T20:49:30+01:00"]
                     for words, formats in documents(self) for form in formats]
        before = [self.loggist(*words) for words in questions]
        self.log({"kind": "resolved", "incident": "INC-1"}, {"kind": "corrected", "ref": "INC.2", "reason": "x",
                                                            "set": {"text": "other", "caller": "somebody"}})
        self.assertEqual([self.loggist(*words) for words in questions], before)


class OutputFiles(Desk):
    """What is written into a file is there whole or not at all."""

    def setUp(self):
        super().setUp()
        self.options = ["--store", REFERENCE, "--as-of", "2022-01-06T09:30:00+01:00"]
        self.target = self.folder / "out" / "outage.csv"
        self.target.parent.mkdir()

    def files(self):
        return sorted(path.name for path in self.target.parent.iterdir())

    def test_its_name_decides_the_format_and_it_says_what_it_wrote(self):
        for form, begins in (("csv", b"v,incident"), ("ics", b"BEGIN:VCALENDAR\r\n"), ("md", b"# Post-mortem"),
                             ("json", b'{"v":1')):
            path = self.target.with_suffix("." + form)
            self.assertEqual(self.loggist("postmortem", "INC-1", "-o", path, *self.options), "")
            written = path.read_bytes()
            self.assertTrue(written.startswith(begins))
            self.assertIn(f"wrote {path} ({len(written)} bytes)\n", self.errors)
            self.assertEqual(written, self.loggist("postmortem", "INC-1", "--format", form, *self.options).encode())

    def test_a_file_that_is_there_stays_unless_it_is_said(self):
        self.target.write_text("mine")
        self.loggist("timeline", "INC-1", "-o", self.target, *self.options, status=73)
        self.assertIn("is there already: add --force", self.errors)
        self.assertEqual((self.target.read_text(), self.files()), ("mine", ["outage.csv"]))
        self.loggist("timeline", "INC-1", "-o", self.target, "--force", *self.options)
        self.assertTrue(self.target.read_text().startswith("v,incident"))
        self.assertEqual(self.files(), ["outage.csv"])

    def test_where_there_is_no_room_nothing_is_left_behind(self):
        def small():
            # As a full disk, without one: a write past 1000 bytes fails.
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        for before in (None, "mine"):
            if before:
                self.target.write_text(before)
            done = subprocess.run(
                [LOGGIST, "timeline", "INC-1", "-o", self.target, "--force", *self.options], env=self.env,
                capture_output=True, text=True, preexec_fn=small, timeout=60, stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 74, done.stderr)
            self.assertIn(f"cannot write {self.target}: File too large", done.stderr)
            self.assertEqual(self.files(), ["outage.csv"] if before else [])
        self.assertEqual(self.target.read_text(), "mine")

    def test_its_name_appears_when_its_bytes_are_all_there(self):
        libc = ctypes.CDLL(None, use_errno=True)
        for force in ([], ["--force"]):
            watch = libc.inotify_init1(os.O_NONBLOCK)
            # Created, moved to, closed after writing, modified, deleted.
            libc.inotify_add_watch(watch, bytes(self.target.parent), 0x100 | 0x80 | 0x8 | 0x2 | 0x200)
            self.loggist("timeline", "INC-1", "-o", self.target, *force, *self.options)
            events, raw = [], os.read(watch, 65536)
            while raw:
                _, mask, _, length = struct.unpack("iIII", raw[:16])
                events.append((raw[16:16 + length].rstrip(b"\0").decode(), mask))
                raw = raw[16 + length:]
            os.close(watch)
            first = next(place for place, (name, _) in enumerate(events) if name == "outage.csv")
            closed = next(place for place, (name, mask) in enumerate(events) if mask == 0x8)
            self.assertLess(closed, first, events)
            self.assertNotIn(("outage.csv", 0x2), events)
            self.assertEqual(self.files(), ["outage.csv"])


if __name__ == "__main__":
    unittest.main()
