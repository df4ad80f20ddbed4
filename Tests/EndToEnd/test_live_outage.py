"""The pharmacy outage of 5 January 2022, logged live from the keyboard, and its post-mortem."""

import unittest

from .desk import Desk

# What happened, in the order in which it was typed: when it was typed, the key, the time that was typed in front (none:
# just now), the words, and the keys that log it.
EVENING = [
    ("20:50", "n", "", "Cannot enter newly acquired drugs into the pharmacy store "
     'caller="pharmacist on call" #pharmacy', ["Enter"]),
    ("20:52", "N", "20:45 ", "Pharmacy interface fails for everybody how=staff", ["Enter"]),
    ("20:52", "i", "20:45 ", "Health-care personnel cannot make prescription requests degree=full "
     'scope="all personnel"', ["Enter"]),
    ("20:55", "o", "", "Taken for a network error; page refreshed several times, other services "
     "up, persists", ["Enter"]),
    ("21:02", "e", "", 'Front desk called the IT officer on call to="Terence Waller" '
     "reached_by=phone", ["Enter"]),
    ("21:19", "d", "21:10 ", "Only pharmacy requests fail; debug mode showed where", ["M-Enter"]),
    ("21:20", "m", "", "API reverted to the previous version, pharmacy microservice restarted",
     ["Enter"]),
    ("21:23", "r", "", "Service back up", ["Enter"]),
    ("21:24", "i", "21:23 ", "change=ended", ["Enter"]),
    ("21:30", "S", "", "A bug of the API update of December 2021, triggered by drugs whose name "
     "contains non-ASCII characters", ["Enter"]),
    ("21:31", "C", "", "API update from 0.2.6 to 0.3.0: /api/views/pharmacy/drugs.py, line 254, "
     "add_drugs(details): the encoding was not passed to open", ["Enter"]),
    ("21:32", "V", "", "The backup service on API version 0.2.6 was started and the current "
     "version isolated", ["Enter"]),
    ("21:33", "M", "", "debug=True on the flask server's start-up command", ["Enter"]),
    ("21:34", "M", "", "Improve the code review process type=preventive", ["Enter"]),
]


class LiveOutage(Desk):
    def test_the_evening_is_logged_with_few_keys_and_comes_out_again(self):
        self.make_rehearsal()
        minute, screen = None, None
        for when, key, time, words, end in EVENING:
            if when != minute:
                if screen:
                    screen.press("C-q")
                    self.assertEqual(screen.wait_for_end(), 0)
                    screen.close()
                screen = self.screen("--now", f"2022-01-05T{when}:00+01:00", "--by", "ama",
                                     columns=100, rows=30)
                screen.wait("ama")
                if minute is None:
                    screen.wait("Nothing is open")
                else:
                    screen.wait("INC-1")
                    screen.press("Enter")
                    screen.wait("Wednesday 5 January 2022")
                minute = when
            before = len(self.lines())
            screen.pressed = 0
            screen.press(key, *time)
            screen.type(words)
            screen.press(*end)
            limit = 8 if time else 2
            self.assertLessEqual(screen.pressed, limit, words)
            screen.wait(lambda _: len(self.lines()) > before)
            screen.wait("takes it back")
        screen.press("P")
        screen.wait("written: INC-1-postmortem.md")
        written = (self.folder / "INC-1-postmortem.md").read_text()
        for text in (written, self.loggist("postmortem", "INC-1")):
            self.check_document(text)
        figures = self.loggist("metrics", "INC-1")
        for figure in ("17 min", "25 min", "35 min", "38 min", "not recorded"):
            self.assertIn(figure, figures)

    def check_document(self, text):
        flat = " ".join(text.replace("\\", "").split())
        sections = ["Issue Summary", "Timeline", "Root cause and Resolution",
                    "Corrective and Preventive measures"]
        places = [flat.rindex(section) for section in sections]
        self.assertEqual(places, sorted(places))
        for fact in ("0.2.6", "0.3.0", "/api/views/pharmacy/drugs.py", "254", "add_drugs(details)",
                     "Terence Waller", "38 min", "debug=True", "code review"):
            self.assertIn(fact, flat)


class BackFilled(Desk):
    # Ten lines of a chat in the night, and when each of them happened.
    NOTES = """\
20:56 asked the wards: all of them have it
20:58 pharmacy writes orders on paper
- 21:01 network team says the network is fine
* **21:04**: reboot of the terminal in the pharmacy, no change
21:06 | second pharmacist calls, same thing
~21:08 somebody mentions last night's API update
9:10 pm debug log shows UnicodeDecodeError
21:13 names with accents fail, others go through
21:15 asked for the old API version
21:18 old version starts
"""
    TIMES = ["20:56", "20:58", "21:01", "21:04", "21:06", "21:08", "21:10", "21:13", "21:15", "21:18"]

    def test_ten_lines_of_the_night_are_pasted_and_logged_with_three_keys(self):
        self.make_rehearsal()
        self.loggist("new", "Cannot enter drugs #pharmacy", "--now", "2022-01-05T20:51:00+01:00",
                     "--by", "ama")
        before = len(self.lines())
        screen = self.screen("--now", "2022-01-05T21:30:00+01:00", "--by", "ama", columns=100)
        screen.wait("INC-1")
        screen.press("Enter")
        screen.wait("observed")
        screen.paste(self.NOTES)
        screen.wait("Pasted: 10 entries → INC-1")
        self.assertEqual(len(self.lines()), before)
        screen.press("Enter")
        screen.wait("logged 10 entries")
        self.assertLessEqual(screen.pressed, 3)
        entries = [line["entry"] for line in self.lines()[before:]]
        self.assertEqual([entry["at"] for entry in entries],
                         [f"2022-01-05T{time}:00+01:00" for time in self.TIMES])
        self.assertEqual({entry["incident"] for entry in entries}, {"INC-1"})
        self.assertEqual([entry.get("precision") for entry in entries],
                         [None] * 5 + ["approximate"] + [None] * 4)
        self.assertIn("reboot of the terminal in the pharmacy, no change", entries[3]["text"])
        self.loggist("verify")


class EveryScript(Desk):
    NAMES = ["Àmọ́xílìn ọmọdé", "أموكسيسيلين مُضَادّ", "阿莫西林胶囊", "Paracétamol e\u0301lixir",
             "💊 tablets 👩‍⚕️"]

    def test_drug_names_go_in_are_shown_aligned_are_found_and_come_out_byte_for_byte(self):
        self.make_store()
        screen = self.screen()
        screen.wait("Nothing is open")
        screen.press("n")
        screen.wait("the phone rings")
        screen.type("drugs missing")
        screen.press("Enter")
        screen.wait("takes it back")
        for name in self.NAMES:
            screen.press("n")
            screen.wait("note · INC-1")
            screen.paste(name)
            screen.press("Enter")
            screen.wait(lambda text: "note · INC-1" not in text)
        texts = [line["entry"].get("text") for line in self.lines()]
        for name in self.NAMES:
            self.assertIn(name, texts)
            raw = b"".join(p.read_bytes() for p in self.store.glob("nodes/INC/*.jsonl"))
            self.assertIn(name.encode(), raw)
            self.assertIn(name.split()[0], self.loggist("search", name.split()[0]))
        # Every entry's author stands in the same column, whatever the text behind it is made of.
        rows = [row for row in screen.rows() if " note " in row and "logged" not in row]
        self.assertEqual(len({row.index("note") for row in rows}), 1)
        self.assertEqual(len(rows), len(self.NAMES))


if __name__ == "__main__":
    unittest.main()
