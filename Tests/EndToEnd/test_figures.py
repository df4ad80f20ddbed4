"""The figures on the screen: from a number to the entry that stopped its clock, in a real terminal."""

import shutil
import unittest

from .desk import REFERENCE, Desk


class Figures(Desk):
    @staticmethod
    def selected(text):
        return [line for line in text.splitlines() if line.startswith("▌")]

    def test_from_a_figure_to_the_entry_behind_it(self):
        shutil.copytree(REFERENCE, self.store)
        screen = self.screen("--now", "2022-01-06T09:00:00+01:00", columns=132, rows=43)
        screen.wait("INC-1")
        screen.press("M")
        screen.wait("Metrics  2022-01")
        said = self.loggist("metrics", "--period", "2022-01", "--now", "2022-01-06T09:00:00+01:00")
        self.assertRegex(said, r"ttr\.1 +1 .* 38 min")
        screen.press("p")
        screen.type("2022-W01")
        screen.press("Enter")
        screen.wait("Metrics  2022-W01")
        # Down to the time to restore.
        while "▌ time to restore" not in screen.text():
            before = self.selected(screen.text())
            screen.press("Down")
            screen.wait(lambda text: self.selected(text) != before)
        self.assertRegex(screen.text(), r"▌ time to restore +1 +38 min")
        screen.press("Enter")
        screen.wait("the longest first")
        screen.press("Enter")
        self.assertRegex(screen.wait("9:23 pm"), r"▌ *9:23 pm .*restored")
        screen.press("Escape")
        screen.wait("the longest first")
        screen.press("Escape")
        screen.wait("by priority")
        screen.press("[")
        screen.wait("Metrics  2021-W52")

    def test_a_measure_is_done(self):
        self.make_store()
        self.loggist("new", "Nothing prints")
        ref = self.loggist("add", "INC-1", "measure", "type=corrective", "due=2021-12-31",
                           "buy a second printer").strip()
        screen = self.screen()
        screen.wait("INC-1")
        screen.press("m")
        screen.wait("1 overdue of 1 open")
        screen.press("d")
        screen.wait("state done")
        screen.type("it stands in Ward B")
        screen.press("Enter")
        screen.wait("No measure is open")
        last = self.lines()[-1]["entry"]
        self.assertEqual((last["kind"], last["ref"], last["state"], last["text"]),
                         ("measure_update", ref, "done", "it stands in Ward B"))


if __name__ == "__main__":
    unittest.main()
