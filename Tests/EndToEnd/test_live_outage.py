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
        rows = [row for row in screen.rows() if " note " in row]
        self.assertEqual(len({row.index("note") for row in rows}), 1)
        self.assertEqual(len(rows), len(self.NAMES))


if __name__ == "__main__":
    unittest.main()
