"""The shift on the screen: the first start, a handover from one person to the next, a review that is signed."""

from .desk import Desk


class FirstStart(Desk):
    def test_enter_three_times_makes_a_log(self):
        screen = self.screen(env={**self.env, "TZ": "Africa/Lagos"})
        screen.wait("Nothing is logged here yet")
        screen.press("Enter", "Enter", "Enter")
        screen.wait("The log is in")
        screen.wait("The phone rings? Press n, type what the caller says, press Enter.")
        self.assertIn("zone: Africa/Lagos", (self.store / "config.yaml").read_text())
        screen.press("n")
        screen.wait("the phone rings")
        screen.type("first call")
        screen.press("Enter")
        screen.wait("takes it back")
        self.assertEqual([line["entry"]["kind"] for line in self.lines()], ["opened", "complaint"])

    def test_esc_leaves_and_nothing_is_made(self):
        screen = self.screen()
        screen.wait("Nothing is logged here yet")
        screen.press("Escape")
        self.assertEqual(screen.wait_for_end(), 0)
        self.assertFalse(self.store.exists())

    def test_a_zone_is_checked_and_completed(self):
        screen = self.screen(env={**self.env, "TZ": "UTC"})
        screen.wait("Nothing is logged here yet")
        screen.press("Enter", "C-u")
        screen.type("africa/la")
        screen.press("Enter")
        screen.wait("There is no time zone africa/la: did you mean Africa/Lagos?")
        screen.press("Tab", "Enter", "Enter")
        screen.wait("The log is in")
        self.assertIn("zone: Africa/Lagos", (self.store / "config.yaml").read_text())


class Shift(Desk):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.loggist("new", "printer in Ward A #ward-a", "callback=yes")

    def test_a_handover_from_one_person_to_the_next(self):
        screen = self.screen(columns=100, env={**self.env, "LOGGIST_AUTHOR": "ama"})
        screen.wait("INC-1")
        screen.press("H")
        screen.wait("Open incidents")
        screen.press("G")
        screen.wait("No handover has been given yet.")
        screen.press("n")
        screen.wait("hand over")
        screen.type("@ben toner is on its way")
        screen.press("Enter")
        screen.wait("INC.3 by ama to ben")
        other = self.screen(columns=100, env={**self.env, "LOGGIST_AUTHOR": "ben"})
        other.wait("handover waits to be accepted")
        other.press("H")
        other.wait("waits to be accepted")
        other.press("a")
        other.wait("accept INC.3")
        other.press("Enter")
        other.wait("accepted by ben")
        screen.wait("accepted by ben", seconds=5)
        kinds = [line["entry"]["kind"] for line in self.lines()]
        self.assertEqual(kinds[-2:], ["handover", "accepted"])

    def test_the_text_in_the_review_is_the_post_mortem(self):
        screen = self.screen(columns=100, rows=30)
        screen.wait("INC-1")
        screen.press("Enter", "v")
        screen.wait("Missing in the post-mortem")
        screen.press("p")
        screen.wait("1. Issue Summary")
        screen.press("Escape")
        screen.wait("Not signed")
        screen.press("S")
        screen.wait("in which role?")
        screen.type("shift lead")
        screen.press("Enter")
        screen.wait("hints are open")
        screen.press("Enter")
        screen.wait("as shift lead")
        self.assertEqual(self.lines()[-1]["entry"]["role"], "shift lead")
