"""A desk for the end-to-end tests: the real program, real stores, and a real terminal (tmux)."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOGGIST = os.environ.get("LOGGIST", str(ROOT / ".build" / "debug" / "loggist"))
REFERENCE = ROOT / "data" / "pharmacy-outage"


def environment(**changes):
    """The variables of a plain login, and nothing of the machine that the tests happen to run on."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    kept.update(LANG="C.UTF-8", TERM="xterm-256color", **changes)
    return kept


class Desk(unittest.TestCase):
    """A test with a folder of its own: a store, a home, drafts, all gone afterwards."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="loggist-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.store = self.folder / "store"
        self.env = environment(
            HOME=str(self.folder),
            XDG_STATE_HOME=str(self.folder / "state"),
            XDG_CONFIG_HOME=str(self.folder / "config"),
            XDG_DATA_HOME=str(self.folder / "data"),
            LOGGIST_STORE=str(self.store),
        )

    def loggist(self, *arguments, text=None, status=0, env=None):
        """Runs the program to its end and returns what it printed; another exit status is a failure."""
        done = subprocess.run(
            [LOGGIST, *map(str, arguments)], input=None if text is None else text.encode(), capture_output=True,
            env=env or self.env, cwd=self.folder, timeout=120,
            stdin=subprocess.DEVNULL if text is None else None)
        # Decoded here, so that no line end is taken for another one.
        output, self.errors = done.stdout.decode(), done.stderr.decode()
        self.assertEqual(done.returncode, status, output[:10_000] + self.errors)
        return output

    def make_store(self, *options):
        self.loggist("init", "--node", "INC", "--zone", "Africa/Lagos", "--desk",
                     "St. Nicholas IT desk", *options)

    def make_rehearsal(self, now="2022-01-05T20:50:00+01:00"):
        self.make_store("--rehearsal", "--seed", "test", "--now", now)

    def lines(self):
        """Every line of every node's log, parsed, in the order of the files."""
        return [
            json.loads(line)
            for path in sorted(self.store.glob("nodes/*/*.jsonl"))
            for line in path.read_bytes().split(b"\n") if line
        ]

    def screen(self, *arguments, columns=80, rows=24, env=None, command=None):
        screen = Screen(
            command or [LOGGIST, *map(str, arguments)], columns, rows, env or self.env,
            self.folder)
        self.addCleanup(screen.close)
        return screen


class Screen:
    """The program in a terminal of its own."""

    count = 0

    def __init__(self, command, columns, rows, env, folder):
        Screen.count += 1
        self.socket = f"loggist-{os.getpid()}-{Screen.count}"
        self.pressed = 0
        pairs = [f"{name}={value}" for name, value in env.items() if name != "TERM"]
        # tmux has a terminal of its own; everything else is the test's.
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", rows, "-c", folder,
                  "env", "-i", *pairs, f"TERM={env.get('TMUX_TERM', 'tmux-256color')}", *command)
        self.tmux("set-option", "-g", "remain-on-exit", "on")
        self.tmux("set-option", "-g", "escape-time", "0")

    def tmux(self, *arguments, check=True):
        done = subprocess.run(
            ["tmux", "-L", self.socket, *map(str, arguments)], capture_output=True, text=True,
            stdin=subprocess.DEVNULL)
        if check and done.returncode != 0:
            raise AssertionError(f"tmux {arguments[0]}: {done.stderr}")
        return done.stdout

    def type(self, words):
        """Words, which are not counted as keys."""
        if words:
            self.tmux("send-keys", "-l", "--", words)

    def press(self, *keys):
        """Keys, which are counted."""
        self.pressed += len(keys)
        for key in keys:
            if len(key) == 1:
                self.tmux("send-keys", "-l", "--", key)
            else:
                self.tmux("send-keys", key)

    def paste(self, text):
        self.tmux("set-buffer", "--", text)
        self.tmux("paste-buffer", "-p")

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", columns, "-y", rows)

    def text(self):
        return self.tmux("capture-pane", "-p", check=False)

    def rows(self):
        return self.text().split("\n")

    def wait(self, wanted, seconds=20):
        """Until a text (or what a function asks of the screen) is there; returns the screen."""
        holds = wanted if callable(wanted) else lambda text: wanted in text
        end = time.monotonic() + seconds
        while True:
            text = self.text()
            if holds(text):
                return text
            if time.monotonic() > end:
                raise AssertionError(f"not seen: {wanted}\n{text}")
            time.sleep(0.02)

    def process(self):
        """The program's process number (the pane runs `env`, which becomes the program)."""
        return int(self.tmux("display-message", "-p", "#{pane_pid}"))

    def wait_for_end(self, seconds=20):
        """Until the program has ended; returns its exit status, or minus its signal."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            dead, status, number = self.tmux(
                "display-message", "-p", "#{pane_dead}|#{pane_dead_status}|#{pane_dead_signal}"
            ).strip().split("|")
            if dead == "1":
                return -int(number) if number else int(status or 0)
            time.sleep(0.02)
        raise AssertionError("the program goes on\n" + self.text())

    def close(self):
        self.tmux("kill-server", check=False)
