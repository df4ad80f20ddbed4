"""Colours and characters as they really go to the terminal: themes, NO_COLOR, the Linux console, no UTF-8."""

import re
import unittest

from .desk import Desk

COLOUR = re.compile(rb"\x1b\[(?:[0-9;]*;)?(?:[34][0-7]|[39]8;5;[0-9]+|[34]8;[0-9;]+|9[0-7]|10[0-7])[;m]")


class Colours(Desk):
    def setUp(self):
        super().setUp()
        self.make_store()
        self.loggist("new", "Cannot enter new drugs", "#pharmacy", "!1")

    def painted(self, *arguments, env=None, keys=("C-l",), wanted="INC-1"):
        """The bytes that the program sends while it paints everything anew."""
        screen = self.screen(*arguments, env={**self.env, **(env or {})})
        screen.wait("INC-1")
        log = self.folder / f"painted-{screen.count}"
        screen.tmux("pipe-pane", f"cat > {log}")
        for key in keys:
            if key.startswith(":"):
                screen.press(":")
                screen.type(key[1:])
                screen.press("Enter")
            else:
                screen.press(key)
        # A frame has come, before the program is told to go.
        screen.wait(lambda text: wanted in text and log.exists() and log.stat().st_size > 300)
        # What is on the screen has gone through the pipe once the program has left.
        screen.press("C-q")
        screen.wait_for_end()
        return log.read_bytes()

    def write_configuration(self, text, personal=False):
        path = self.folder / "config" / "loggist" if personal else self.store
        path.mkdir(parents=True, exist_ok=True)
        (path / "config.yaml").write_text(text)

    def test_the_default_brings_a_background_to_what_is_urgent(self):
        painted = self.painted()
        self.assertRegex(painted, rb"38;5;231")
        self.assertRegex(painted, rb"48;5;160")

    def test_a_theme_by_option_configuration_and_command(self):
        self.assertRegex(self.painted("--theme", "light"), rb"38;5;88m")
        self.write_configuration("theme: dark\n")
        self.assertRegex(self.painted(), rb"38;5;203m")
        self.write_configuration("theme: light\n", personal=True)
        self.assertRegex(self.painted(), rb"38;5;88m")
        painted = self.painted(keys=[":theme high-contrast"], wanted="theme is high-contrast")
        self.assertRegex(painted, rb"48;5;88")

    def test_a_theme_that_is_none(self):
        self.write_configuration("desk: Desk\ntheme: drak\n")
        said = self.loggist("config", "check", status=65)
        self.assertIn("config.yaml:2:", said)
        self.assertIn('expected default, dark, light, high-contrast, found "drak"', said)
        self.loggist("--theme", "drak", status=64)
        self.assertIn("high-contrast", self.errors)
        screen = self.screen()
        screen.wait("INC-1")
        screen.press(":")
        screen.type("theme drak")
        screen.press("Enter")
        screen.wait("There is no theme drak")

    def test_every_theme_of_the_option_is_one_of_the_configuration(self):
        self.loggist("--theme", "drak", status=64)
        names = re.findall(r"'([a-z-]+)'", self.errors.split("drak", 1)[1])
        names = [name for name in names if name != "drak"]
        self.assertGreaterEqual(len(names), 4, self.errors)
        for name in names:
            self.write_configuration(f"theme: {name}\n")
            self.assertIn("No mistakes", self.loggist("config", "check"))

    def test_no_colour_leaves_attributes(self):
        for arguments, env in (([], {"NO_COLOR": "1"}), (["--color", "never"], {})):
            painted = self.painted(*arguments, env=env)
            self.assertNotRegex(painted, COLOUR)
            # The urgent is bold and reversed, the selected row reversed.
            self.assertRegex(painted, rb"\x1b\[[0-9;]*7m")
            self.assertRegex(painted, rb"\x1b\[[0-9;]*1[;m]")

    def test_colours_that_were_asked_for_go_before_no_color(self):
        self.assertRegex(self.painted("--color", "always", env={"NO_COLOR": "1"}), COLOUR)

    def test_the_linux_console(self):
        env = {"TMUX_TERM": "linux"}
        for theme in ("default", "dark", "light", "high-contrast"):
            painted = self.painted("--theme", theme, env=env, keys=["M"], wanted="first reports")
            self.assertNotRegex(painted, rb"[34]8;5|\x1b\[[0-9;]*(9|10)[0-7]m", theme)
            text = painted.decode()
            self.assertIn("─", text)
            # Neither braille nor a symbol that its font has not.
            self.assertNotRegex(text, "[\u2800-\u28ff✓☎⋮…−]")

    def test_a_terminal_that_does_not_promise_utf_8(self):
        for locale in ("C", "POSIX", ""):
            painted = self.painted(env={"LANG": locale}, keys=["M"], wanted="first reports")
            self.assertTrue(painted.isascii(), painted)
            self.assertIn(b"- first reports", painted)
        self.loggist("new", "Ọba: no wifi")
        painted = self.painted(env={"LANG": "de_DE.ISO-8859-1"})
        self.assertTrue(painted.isascii())
        self.assertIn(b"?ba: no wifi", painted)


if __name__ == "__main__":
    unittest.main()
