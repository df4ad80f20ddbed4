"""The golden screens in the real program: the same keys through a real terminal give the same rows and cursor."""

import shutil
import time
import unittest

from .desk import Desk
from .evening import NOW, SCREENS, Golden, keys, make_evening, pasted

# Played on other desks: three months of incidents, no log at all, a made-up command line, a rota, other machines.
OTHER_DESKS = ("quarter-", "first-run", "commands-", "duty-", "carried")
# Stand-ins for documents there, the documents themselves here.
DOCUMENTS = ("handover", "handover-sizes", "preview-sizes", "review")
# A terminal takes the escapes out of what is pasted before the program sees them.
ESCAPES = ("hostile-text",)


class Goldens(Desk):
    def test_golden_screens_come_out_of_a_real_terminal(self):
        make_evening(self)
        self.evening = self.store
        scenarios = [
            Golden(path) for path in sorted(SCREENS.glob("*.script"))
            if not path.name.startswith(OTHER_DESKS)]
        stepping = [golden.name for golden in scenarios if golden.needs_a_clock_that_steps]
        left_out = {*stepping, *DOCUMENTS, *ESCAPES}
        played = [golden for golden in scenarios if golden.name not in left_out]
        sizes, screens = set(), 0
        for golden in played:
            with self.subTest(golden.name):
                screens += self.play(golden)
                sizes |= golden.sizes
        print(f"\n{len(played)} scenarios, {screens} screens in a real terminal, in "
              f"{', '.join(sorted(sizes))}; left out {len(left_out)}: {', '.join(sorted(left_out))}")
        self.assertGreaterEqual(len(played), 10)
        self.assertGreaterEqual(len(sizes), 4)

    def play(self, golden):
        """Plays it on a copy of the store; returns how many screens were compared."""
        store = self.folder / golden.name
        shutil.copytree(self.evening, store)
        env = {**self.env, "LOGGIST_STORE": str(store),
               "XDG_STATE_HOME": str(self.folder / f"state-{golden.name}")}
        screen = self.screen("--now", NOW, "--by", "ama", env=env)
        screen.wait("INC-2")
        compared = 0
        for step, rows, cursor in golden.steps:
            verb, _, rest = step.partition(" ")
            if verb == "keys":
                self.press(screen, rest)
            elif verb == "paste":
                screen.paste(pasted(rest))
            elif verb == "size":
                screen.resize(*rest.split("x"))
            elif verb == "screen":
                self.compare(screen, rows, cursor, f"{golden.name}, screen {compared + 1}")
                compared += 1
            else:
                self.fail(f"{golden.name}: what is {step}?")
        screen.close()
        return compared

    def press(self, screen, text):
        for name, typed in keys(text):
            if typed:
                screen.type(typed)
            else:
                screen.tmux("send-keys", name)
            if name == "Escape":
                # An escape and a key within 25 ms are one key, on any terminal: nothing but time tells them apart.
                time.sleep(0.06)

    def compare(self, screen, rows, cursor, where):
        def painted():
            lines = [row.rstrip() for row in screen.text().split("\n")[:len(rows)]]
            # Only a rehearsal has a chosen clock, and its board says that it is one.
            if lines and lines[0].startswith("Loggist REHEARSAL") and rows[0].startswith("Loggist"):
                told, wanted = lines[0].replace(" REHEARSAL", ""), rows[0]
                if told.split() == wanted.split() or len(wanted) < 80:
                    lines[0] = wanted
            return lines

        def stands():
            return screen.tmux(
                "display-message", "-p", "#{cursor_x},#{cursor_y},#{cursor_flag}").strip()

        if len(rows) == 1 and len(rows[0]) <= 1:
            # curses does not paint the last cell of the last row where there is no other.
            return
        wanted = self.cursor(cursor[0])
        if self.until(lambda: painted() == rows and wanted(stands()), 8):
            return
        for number, (is_, should) in enumerate(zip(painted(), rows), 1):
            self.assertEqual(is_, should, f"{where}, row {number}")
        self.fail(f"{where}: the cursor is at {stands()}, not at {cursor}")

    @staticmethod
    def cursor(recorded):
        """Whether tmux's cursor is the recorded one: row and column from 1 on, or `hidden`."""
        if recorded == "hidden":
            return lambda stands: stands.endswith(",0")
        row, column = (int(number) - 1 for number in recorded.split(","))
        return lambda stands: stands == f"{column},{row},1"

    @staticmethod
    def until(holds, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if holds():
                return True
            time.sleep(0.01)
        return holds()


if __name__ == "__main__":
    unittest.main()
