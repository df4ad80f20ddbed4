"""The real terminal: resize, suspend, editor, crash, no colour, no cursor addressing, and what a killed one leaves."""

import getpass
import os
import signal
import subprocess
import unittest

from .desk import LOGGIST, Desk


class Drafts(Desk):
    def test_a_line_survives_kill_9(self):
        self.make_store()
        screen = self.screen()
        screen.wait("Nothing is open")
        screen.press("n")
        screen.wait("the phone rings")
        screen.type("half a sentence about the pha")
        screen.wait("half a sentence about the pha")
        # The draft is on disk within half a second of the last key.
        drafts = self.folder / "state" / "loggist" / "drafts"
        screen.wait(lambda _: any(
            b"about the pha" in path.read_bytes() for path in drafts.glob("*.draft")))
        os.kill(screen.process(), signal.SIGKILL)
        screen.wait_for_end()
        for path in drafts.glob("*"):
            self.assertEqual(path.stat().st_mode & 0o777, 0o600)
        again = self.screen()
        again.wait("1 draft")
        again.press("n")
        again.wait("half a sentence about the pha")
        again.press("Enter")
        again.wait("takes it back")
        self.assertEqual(list(drafts.glob("*.draft")), [])

    def test_a_hang_up_keeps_the_line(self):
        self.make_store()
        for number in (signal.SIGHUP, signal.SIGTERM):
            screen = self.screen()
            screen.wait("WAT")
            screen.press("n")
            screen.wait("the phone rings")
            screen.press("C-u")
            screen.type(f"line broke at {number}")
            screen.wait(f"line broke at {number}")
            os.kill(screen.process(), number)
            screen.wait_for_end()
            again = self.screen()
            again.wait("1 draft")
            again.press("n")
            again.wait(f"line broke at {number}")
            again.press("C-q")


class Terminals(Desk):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.loggist("new", "printer in Ward A #ward-a")

    def test_any_size_and_back(self):
        screen = self.screen()
        screen.wait("INC-1")
        screen.press("n")
        screen.type("still being typed")
        for columns, rows in ((20, 5), (5, 2), (2, 1), (200, 50), (40, 10), (80, 24)):
            screen.resize(columns, rows)
        screen.wait("still being typed")
        screen.press("Enter")
        screen.wait("takes it back")

    def test_suspend_and_come_back(self):
        screen = self.screen(command=["sh", "-i"])
        screen.type(f"{LOGGIST}\n")
        screen.wait("INC-1")
        screen.press("n")
        screen.type("not lost")
        screen.wait("not lost")
        screen.press("C-z")
        screen.wait(lambda text: "Stopped" in text or "Suspended" in text or "$" in text or "#" in text)
        screen.type("echo outside $((40+2))\n")
        screen.wait("outside 42")
        screen.type("fg\n")
        screen.wait("not lost")
        screen.press("Enter")
        screen.wait("takes it back")

    def test_the_editor(self):
        editor = self.folder / "editor"
        editor.write_text("#!/bin/sh\nprintf 'written in the editor' > \"$1\"\n")
        editor.chmod(0o755)
        screen = self.screen(env={**self.env, "EDITOR": str(editor)})
        screen.wait("INC-1")
        screen.press("Enter")
        screen.wait("complaint")
        screen.press("E")
        screen.wait("written in the editor")
        screen.press("Enter")
        screen.wait("takes it back")

    def test_a_paste_never_submits(self):
        screen = self.screen()
        screen.wait("INC-1")
        before = len(self.lines())
        screen.press("n")
        screen.paste("first line\nsecond line\n")
        screen.wait("second line")
        self.assertEqual(len(self.lines()), before)

    def test_no_colour(self):
        screen = self.screen(env={**self.env, "NO_COLOR": "1"})
        screen.wait("INC-1")
        painted = screen.tmux("capture-pane", "-p", "-e")
        self.assertNotRegex(painted, r"\x1b\[[0-9;]*(3[0-7]|38|9[0-7])[0-9;]*m")

    def test_a_dumb_terminal_gets_lines(self):
        for arguments, env in (([], {**self.env, "TERM": "dumb"}), (["--plain"], self.env)):
            text = f"tray was empty {arguments}"
            said = self.loggist(*arguments, text=f"1\no {text}\n\nq\nq\n", env=env)
            self.assertIn(f"observation, {getpass.getuser()}: {text}", said)
            self.assertNotIn("\x1b", said)
            self.assertIn(text, [line["entry"].get("text") for line in self.lines()])

    def test_entries_of_another_process_appear(self):
        screen = self.screen(columns=100)
        screen.wait("INC-1")
        screen.press("Enter")
        screen.wait("complaint")
        self.loggist("add", "INC-1", "check", "toner is there")
        screen.wait("toner is there", seconds=5)

    def test_what_a_caller_says_stays_text(self):
        screen = self.screen(columns=160)
        screen.wait("INC-1")
        self.loggist("new", "evil \u202ereversed \x1b[31mred\x1b]0;title\x07 \r start\x9b2J")
        screen.wait("evil")
        painted = screen.text()
        self.assertIn("␛[31mred", painted)
        self.assertIn("‹U+202E›", painted)
        self.assertIn("INC-1", painted)
        for arguments in (["list"], ["show", "INC-2"], ["timeline", "INC-2"], ["search", "evil"],
                          ["postmortem", "INC-2"], ["postmortem", "INC-2", "--format", "md"]):
            said = self.loggist(*arguments)
            self.assertNotRegex(said, r"[\x00-\x08\x0b-\x1f\x7f\u0080-\u009f\u202e]", arguments)

    def test_a_crash_gives_the_terminal_back(self):
        screen = self.screen(command=["sh", "-i"])
        screen.type(f"{LOGGIST}\n")
        screen.wait("INC-1")
        program = subprocess.run(
            ["pgrep", "-P", str(screen.process()), "loggist"], capture_output=True, text=True)
        os.kill(int(program.stdout.split()[0]), signal.SIGSEGV)
        screen.wait("loggist crashed")
        screen.type("stty -a | grep -o ' icanon\\| echo '\n")
        screen.wait(" icanon")


if __name__ == "__main__":
    unittest.main()
