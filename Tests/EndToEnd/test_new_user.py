"""Somebody who has never seen the program: presses what the screen shows at that moment and nothing else.

What has just happened stands where the footer's hints stand, until the next key; that `?` helps is remembered from when
they were last seen there.
"""

import re
import unittest

from .desk import Desk


class NewUser(Desk):
    LIMIT = 24

    def test_from_no_log_at_all_to_a_post_mortem_with_what_the_screen_shows(self):
        self.told, self.knows_help = [], False
        self.at = self.screen()
        self.at.wait("Desk")
        for field in ("Desk", "Zone", "Name"):
            self.at.wait(lambda text: re.search(rf"▌ ?{field}", text))
            self.press_shown("Enter", "next")
        self.at.wait("Nothing is open")
        self.log("new call", "Cannot enter new drugs, says the pharmacist")
        self.log("escalate", "@terence by phone, he looks at it")
        self.log("mitigation", "old version of the API started")
        self.log("restored", "orders go through again")
        self.log("resolved", "the update is taken back for good")
        self.do("post-mortem", says="into a file")
        self.at.wait("written: INC-1-postmortem.md")
        document = (self.folder / "INC-1-postmortem.md").read_text()
        for words in ("Cannot enter new drugs", "terence", "old version of the API started"):
            self.assertIn(words, document)
        kinds = [line["entry"]["kind"] for line in self.lines()]
        self.assertEqual(
            [kind for kind in kinds if kind not in ("set", "informed")],
            ["opened", "complaint", "escalated", "mitigation", "restored", "resolved"])
        print(f"\na new user: {self.at.pressed} keys besides the words: {' '.join(self.told)}")
        self.assertLessEqual(self.at.pressed, self.LIMIT)

    def log(self, word, words):
        """Opens the line for something, writes the words, and presses Enter as the footer says."""
        before = len(self.lines())
        self.do(word)
        self.at.wait(self.hint("Enter", "log"))
        self.at.type(words)
        self.at.wait(words.split(",")[0])
        self.press_shown("Enter", "log")
        # A question is answered as the line under the words says.
        self.at.wait(lambda text: len(self.lines()) > before or "Enter again" in text)
        if len(self.lines()) == before:
            self.told.append("Enter")
            self.at.press("Enter")
        self.at.wait("logged ")

    def selected(self):
        return next((row for row in self.at.rows() if "▌" in row), "")

    def do(self, word, says=None):
        """By its key where the footer has room for it, else from the help."""
        shown = re.search(rf"(?:^| )(\S+) {re.escape(word)}(?:  |\s*$)", self.footer())
        if word == "new call":
            # An empty board says it in a sentence.
            shown = re.search(r"The phone rings\? Press (\S), type what the caller says", self.at.text())
            self.assertIsNotNone(shown, self.at.text())
        if shown:
            self.told.append(shown[1])
            self.at.press(shown[1])
            return
        if not self.knows_help:
            self.at.wait(self.hint("?", "help"))
        self.told.append("?")
        self.at.press("?")
        self.at.wait("type to filter · Enter does it")
        self.at.type(word)
        self.at.wait(lambda text: word in text.split("\n")[1] and "▌" in text)
        wanted = says or "▌"
        self.at.wait(wanted)
        while wanted not in (selected := self.selected()):
            self.told.append("Down")
            self.at.press("Down")
            self.at.wait(lambda text: self.selected() != selected)
        self.told.append("Enter")
        self.at.press("Enter")

    def press_shown(self, key, word):
        """A key that the footer has; what has just happened stands over it until something is pressed or passes."""
        self.at.wait(self.hint(key, word))
        self.told.append(key)
        self.at.press(key)

    def hint(self, key, word):
        return lambda text: re.search(rf"(?:^| ){re.escape(key)} {word}", self.footer(text))

    def footer(self, text=None):
        footer = (text or self.at.text()).rstrip("\n").split("\n")[-1]
        self.knows_help = self.knows_help or "? help" in footer
        return footer


if __name__ == "__main__":
    unittest.main()
