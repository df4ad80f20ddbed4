"""Every case of data/corpus/hostile-text.jsonl in the text fields of an incident, and every document in every format: read
back by other people's parsers, it is the text that somebody said and nothing else."""

import itertools
import json
import re
import unittest

from . import inert
from .desk import ROOT, Desk

NOW = "2022-01-05T20:50:00+01:00"
# When all of it had been recorded, a millisecond for each.
THEN = "2022-01-05T20:51:00+01:00"
SCHEMAS = ROOT / "docs" / "schemas"
# Who logs, by the account's name, which is a text too.
ACCOUNT = "=1+1 <script>alert(1)</script> | **a** \x1b[31m{{x}}"

# Each kind with the fields that take words; those with a star may not be blank, `text` neither where the kind needs it.
KINDS = [
    ("complaint", "caller place channel contact"), ("escalated", "to* team reached_by level reason"),
    ("measure", "owner text*"), ("comms", "audience* channel"), ("impact", "scope"),
    ("check", "target result text*"), ("decision", "decided_by options text*"), ("restored", "verified_by"),
    ("evidence", "path* url sha256 media_type"), ("acknowledged", "who"), ("set", "title* service place reason"),
    ("role", "role* who"), ("paused", "clock* reason"), ("diagnosis", "text*"), ("mitigation", ""),
    ("note", "text*"), ("root_cause", "category text*"), ("factor", "text*"), ("signed", "role"),
    ("closed", "reason"), ("reopened", "reason*"), ("summary", "text*"), ("resolution", "text*"),
]
FIXED = {
    "complaint": {"callback": True}, "measure": {"type": "corrective", "due": "2022-01-06"},
    "comms": {"next_due": "2022-01-05T22:00:00+01:00"}, "impact": {"change": "started", "degree": "full"},
    "diagnosis": {"verdict": "ruled_out"}, "mitigation": {"outcome": "held"},
}


def is_blank(text):
    return not text.strip() or all(character in "\u200b\u2800\u3164\ufeff" or character.isspace() for character in text)


def entries():
    """Every case on INC-1: in the kinds that every incident has, and each in turn in one of the others."""
    yield {"kind": "opened", "incident": "INC-1", "title": "hostile text"}
    for number, case in enumerate(inert.CASES):
        text = case["text"]
        safe = "x" if is_blank(text) else text
        for kind, fields in KINDS[:3] + [KINDS[3 + number % (len(KINDS) - 3)]]:
            entry = {"kind": kind, "incident": "INC-1", "text": text, "tags": [text], "author": text}
            entry.update(FIXED.get(kind, {}))
            for field in fields.split():
                entry[field.rstrip("*")] = safe if field.endswith("*") else text
            yield entry


def titles():
    """Every case as what an incident is: INC-2, INC-3 and so on."""
    for number, case in enumerate(inert.CASES, 2):
        text = "x" if is_blank(case["text"]) else case["text"]
        yield {"kind": "opened", "incident": f"INC-{number}", "title": text, "service": text, "place": text}
        yield {"kind": "role", "incident": f"INC-{number}", "role": "owner", "who": text}


class HostileText(Desk):
    """One store for all: it is read, never written, by the tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.desk = desk = Desk()
        Desk.setUp(desk)
        desk.make_rehearsal(now=NOW)
        batch = "".join(json.dumps({"at": NOW, **entry}) + "\n" for entry in itertools.chain(entries(), titles()))
        desk.loggist("add", "--json", "--yes", "--now", NOW, "--by", ACCOUNT, text=batch)
        logged = desk.lines()
        cls.logged = {f"{line['node']}.{line['seq']}": line for line in logged}
        cls.made = {}

    @classmethod
    def tearDownClass(cls):
        cls.desk.doCleanups()
        super().tearDownClass()

    def setUp(self):
        pass

    def had(self, document, *arguments, format):
        """A document in a format, made once for all tests; None where it cannot be had so."""
        key = (document, arguments, format)
        if key not in self.made:
            formats = self.formats(document, *arguments)
            self.made[key] = None if format not in formats else self.desk.loggist(
                document, *arguments, "--format", format, "--as-of", THEN)
        return self.made[key]

    def formats(self, document, *arguments):
        """What a document can be had as, by the program's own account."""
        key = (document, arguments)
        if key not in self.made:
            self.desk.loggist(document, *arguments, "--format", "?", status=64)
            said = re.search(r"there is ([a-z, ]+)$", self.desk.errors.strip())
            self.made[key] = re.findall(r"[a-z]+", said[1].replace(" and ", " "))
        return self.made[key]

    def documents(self):
        yield from [("timeline", "INC-1"), ("postmortem", "INC-1"), ("handover",), ("metrics", "INC-1"),
                    ("metrics", "--period", "2022"), ("metrics", "--period", "2022", "--by", "service")]
        if re.search(r"^  report ", self.desk.loggist("--help"), re.M):
            yield ("report", "--period", "2022")

    def everything(self, format):
        """Every document that can be had in a format."""
        for document in self.documents():
            if format == "html" and "--by" in document:
                # A page of 400 groups takes a browser's parser in Python a minute.
                continue
            text = self.had(*document, format=format)
            if text is not None:
                yield " ".join(document), text

    # What the log holds

    def test_the_log_keeps_every_text_as_it_was(self):
        self.assertGreaterEqual(len(inert.CASES), 200)
        said = {}
        for line in self.logged.values():
            said.setdefault(line["entry"]["kind"], []).append(line["entry"].get("text"))
        texts = [case["text"] for case in inert.CASES]
        for kind in ("complaint", "escalated"):
            self.assertEqual(said[kind], texts)
        self.assertEqual(set(said), {kind for kind, _ in KINDS} | {"opened"})
        self.assertEqual({line["by"] for line in self.logged.values()}, {ACCOUNT})

    # JSON

    def test_json_is_the_text_byte_for_byte(self):
        for document in ("timeline", "postmortem"):
            made = json.loads(self.had(document, "INC-1", format="json"))
            for row in made["timeline"]:
                line = self.logged[row["ref"]]
                self.assertEqual(row["text"], line["entry"].get("text"), row["ref"])
        for entry in made["entries"]:
            self.assertEqual(entry["entry"], self.logged[entry["ref"]]["entry"])
        shift = json.loads(self.had("handover", format="json"))
        wanted = [entry for entry in titles() if entry["kind"] == "opened"]
        found = {incident["incident"]: incident for incident in shift["open"]}
        for entry in wanted:
            incident = found[entry["incident"]]
            self.assertEqual((incident["title"], incident["service"], incident["place"], incident["owner"]),
                             (entry["title"],) * 4)

    def test_json_is_as_its_schema_says(self):
        for document in self.documents():
            name = "incident-metrics" if document[:2] == ("metrics", "INC-1") else document[0]
            self.validate(json.loads(self.had(*document, format="json")), name)
        for arguments, name in [(("list",), "board"), (("show", "INC-1"), "incident"), (("show", "INC-2"), "incident"),
                                (("search", "script"), "search"), (("verify",), "verify")]:
            self.validate(json.loads(self.desk.loggist(*arguments, "--format", "json", "--now", THEN)), name)
        # Evidence that is named by a caller's words and not by a hash is worth a word, and no damage.
        said = json.loads(self.desk.loggist("doctor", "--format", "json", "--now", THEN, status=1))
        self.validate(said, "doctor")
        self.assertEqual({finding["class"] for finding in said["findings"]}, {"note"})
        for ref in list(self.logged)[1:len(KINDS) + 1]:
            self.validate(json.loads(self.desk.loggist("show", ref, "--format", "json", "--now", THEN)), "entry")

    def validate(self, value, name):
        from jsonschema import Draft202012Validator
        schema = json.loads((SCHEMAS / f"{name}.json").read_text())
        Draft202012Validator.check_schema(schema)
        for error in itertools.islice(Draft202012Validator(schema).iter_errors(value), 1):
            self.fail(f"{name}: {error.json_path}: {error.message[:300]}")

    # Markdown

    def test_markdown_has_no_markup_but_ours(self):
        for name, text in self.everything("md"):
            self.assertEqual(inert.acts(text), set(), name)
            self.assertEqual(inert.markdown_flaws(text)[:5], [], name)

    def test_markdown_says_what_was_said(self):
        rows = json.loads(self.had("timeline", "INC-1", format="json"))["timeline"]
        cells = [cells for table in inert.markdown_tables(self.had("timeline", "INC-1", format="md"))
                 if table[0][-1] == "Text" for cells in table[1:] if cells[0]]
        self.assertEqual(len(cells), len(rows))
        for (_, _, who, kind, words), row in zip(cells, rows):
            self.assertEqual(who, inert.markdown_words(row["who"]), row["ref"])
            self.assertEqual(kind, row["kind"].replace("_", " "))
            self.assertEqual(words, inert.markdown_words(row["words"]), row["ref"])
        # The full log of the post-mortem says each of them again, by its name.
        words = {row["ref"]: row["words"] for row in rows}
        seen = 0
        for table in inert.markdown_tables(self.had("postmortem", "INC-1", format="md")):
            for row in table[1:] if table[0][0] == "Entry" and table[0][-1] == "Text" else []:
                if row[0] in words:
                    self.assertEqual(row[-1], inert.markdown_words(words[row[0]]), row[0])
                    seen += 1
        self.assertEqual(seen, len(words))

    # Text and terminal

    def test_text_and_terminal_have_nothing_that_acts(self):
        for name, text in self.everything("txt"):
            self.assertEqual(inert.acts(text), set(), name)
        for arguments in (["show", "INC-1"], ["list"], ["search", "script"], ["timeline", "INC-1"], ["handover"]):
            for color in ("never", "always"):
                text = self.desk.loggist(*arguments, "--now", THEN, "--color", color)
                # The colours that were asked for are ours.
                self.assertEqual(inert.acts(re.sub(r"\x1b\[[0-9;]*m", "", text)), set(), arguments)

    # CSV

    def test_csv_has_no_formula_and_keeps_its_rows(self):
        for name, text in self.everything("csv"):
            self.assertTrue(text.endswith("\r\n"), name)
            self.assertEqual(inert.acts(text, allowed="\r\n"), set(), name)
            columns, rows = inert.csv_rows(text)
            for row in rows:
                for column, cell in row.items():
                    self.assertFalse(inert.runs_as_formula(cell), f"{name}: {column}: {cell[:60]!r}")
            # Read with another separator it is nonsense, but no formula either.
            for piece in re.split("[;\r\n]", text):
                self.assertFalse(inert.runs_as_formula(piece.replace('"', "").split(",")[0]), f"{name}: {piece[:60]!r}")

    def test_csv_says_what_was_said(self):
        _, rows = inert.csv_rows(self.had("timeline", "INC-1", format="csv"))
        self.assertEqual(len(rows), 1 + len(inert.CASES) * 4)
        for row in rows:
            line = self.logged[row["ref"]]
            entry = line["entry"]
            self.assertEqual(inert.csv_words(row["by"]), inert.visible_lines(line["by"]))
            for field in ("text", "author", "caller", "place", "channel", "to", "team", "reached_by", "level",
                          "reason", "owner", "audience", "scope", "target", "result", "decided_by", "options",
                          "verified_by", "title", "service", "role", "category"):
                if entry["kind"] == "set" and field == "text" or field not in row:
                    continue
                wanted = entry.get(field, line["by"] if field == "author" else "")
                self.assertEqual(inert.csv_words(row[field]), inert.visible_lines(wanted),
                                 f"{row['ref']} {field}")
            self.assertEqual(inert.csv_words(row["tags"]), inert.visible_lines(" ".join(entry.get("tags", []))))
            if row["more"]:
                # JSON in a cell: its escapes are JSON's own.
                more = json.loads(inert.csv_words(row["more"]))
                self.assertLessEqual(set(more), set(entry))

    # iCalendar

    def test_icalendar_is_read_by_another_and_has_no_property_but_ours(self):
        from icalendar import Calendar
        for name, text in self.everything("ics"):
            self.assertEqual(inert.acts(text, allowed="\r\n"), set(), name)
            raw = text.encode()
            self.assertTrue(raw.endswith(b"END:VCALENDAR\r\n"))
            for line in raw.split(b"\r\n"):
                self.assertLessEqual(len(line), 75, name)
                line.decode()
                self.assertNotIn(b"\n", line)
            calendar = Calendar.from_ical(raw)
            self.assertEqual({part.name for part in calendar.subcomponents}, {"VEVENT"}, name)
            events = calendar.subcomponents
            for event in events:
                self.assertEqual(event.errors, [])
                self.assertLessEqual(set(event), {"UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "SUMMARY",
                                                  "DESCRIPTION", "TRANSP", "STATUS"})
                self.assertEqual(event.subcomponents, [])
            self.assertEqual(len({str(event["UID"]) for event in events}), len(events))
        said = {str(event["UID"]).split("@")[0]: event for event in events}
        self.assertGreaterEqual(len(said), 300)
        # Of the handover, the last: the promises to each audience, the measures that are due.
        for ref, event in said.items():
            entry = self.logged[ref]["entry"]
            words = entry["audience"] if entry["kind"] == "comms" else entry["text"]
            self.assertIn(inert.visible_lines(words), str(event["SUMMARY"]).replace("\r\n", "\n"), ref)

    # Formats of others, from the day on which they exist

    def test_html_has_no_element_but_ours(self):
        for name, text in self.everything("html"):
            self.assertEqual(inert.acts(text), set(), name)
            self.assertEqual(inert.html_flaws(text)[:5], [], name)
            self.assertNotIn("<script", text.lower())

    def test_html_says_what_was_said(self):
        text = self.had("timeline", "INC-1", format="html")
        if text is None:
            self.skipTest("there is no html yet")
        text = inert.squeezed(inert.html_text(text))
        for row in json.loads(self.had("timeline", "INC-1", format="json"))["timeline"]:
            self.assertIn(inert.squeezed(inert.visible_lines(row["words"])), text, row["ref"])

    def test_openmetrics_is_read_by_prometheus(self):
        from prometheus_client.openmetrics.parser import text_string_to_metric_families
        for name, text in self.everything("openmetrics"):
            self.assertEqual(inert.acts(text), set(), name)
            for family in text_string_to_metric_families(text):
                self.assertTrue(family.name.startswith("loggist"), f"{name}: {family.name}")


if __name__ == "__main__":
    unittest.main()
