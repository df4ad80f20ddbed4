"""The sample of `make run`: opened on a terminal, printed without one, and never changed in the repository."""

import subprocess
import unittest

from .desk import LOGGIST, REFERENCE, ROOT, Desk


class Sample(Desk):
    def setUp(self):
        super().setUp()
        self.before = self.contents()

    def contents(self):
        return {path: path.read_bytes() for path in REFERENCE.rglob("*") if path.is_file()}

    def test_without_a_terminal_it_prints_timeline_and_figures(self):
        done = subprocess.run([ROOT / ".ci" / "sample", LOGGIST], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env=self.env, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr)
        for wanted in ("8:45 pm", "Terence Waller", "17 min", "25 min", "35 min", "38 min",
                       "not recorded"):
            self.assertIn(wanted, done.stdout)

    def test_on_a_terminal_it_opens_a_copy_that_can_be_logged_in(self):
        screen = self.screen(command=[str(ROOT / ".ci" / "sample"), LOGGIST], columns=100)
        screen.wait("INC-1")
        screen.press("Enter")
        screen.wait("strict mode for the codebase")
        screen.press("n")
        screen.type("logged in the copy")
        screen.press("Enter")
        screen.wait("takes it back")
        screen.press("C-q")
        self.assertEqual(screen.wait_for_end(), 0)
        self.assertEqual(self.contents(), self.before)


if __name__ == "__main__":
    unittest.main()
