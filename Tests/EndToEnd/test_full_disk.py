"""A full disk: said clearly, nothing acknowledged lost, the line kept, and work goes on once there is room."""

import json
import os
import subprocess
import unittest

from .desk import LOGGIST, ROOT, Desk


class FullDisk(Desk):
    def setUp(self):
        super().setUp()
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2200k,mode=0700", "loggist-test", str(self.disk)],
            capture_output=True, text=True)
        if done.returncode != 0 and os.getuid() != 0:
            self.skipTest("mounting a small file system needs root: " + done.stderr.strip())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.addCleanup(subprocess.run, ["umount", "-l", str(self.disk)])
        self.store = self.disk / "store"
        self.env["LOGGIST_STORE"] = str(self.store)

    def fill(self):
        """Takes every byte that is left."""
        try:
            with open(self.disk / "ballast", "ab", buffering=0) as ballast:
                while True:
                    ballast.write(b"x" * 4096)
        except OSError:
            pass

    def test_the_screen_keeps_the_line_until_there_is_room(self):
        self.make_store()
        self.loggist("new", "the disk fills up")
        screen = self.screen(columns=100)
        screen.wait("INC-1")
        screen.press("Enter")
        screen.wait("complaint")
        # The reserve is given up for the last words; then there is really no room.
        logged = self.add_until_full()
        self.assertGreater(len(logged), 0)
        screen.press("n")
        screen.type("these words must not be lost " + "x" * 600)
        screen.press("Enter")
        screen.wait("NOT logged")
        os.remove(self.disk / "ballast")
        screen.press("Enter")
        screen.wait(lambda text: "logged " in text and "NOT logged" not in text)
        texts = [line["entry"].get("text", "") for line in self.lines_that_parse()]
        self.assertTrue(any(text.startswith("these words must not be lost") for text in texts))
        for text in logged:
            self.assertIn(text, texts)

    def test_an_import_goes_on_once_there_is_room(self):
        self.make_store()
        self.fill()
        sample = ROOT / "data" / "import" / "uci-servicenow"

        def load(source):
            return [LOGGIST, "import", str(sample / "sample200.csv"), "--map", str(sample / "events.yaml"),
                    "--source", source]

        # The reserve is given up for the first entries; then there is really no room.
        for source in ("one", "two", "three"):
            done = subprocess.run(load(source), capture_output=True, text=True, env=self.env)
            if done.returncode != 0:
                break
        self.assertEqual(done.returncode, 74, done.stderr)
        self.assertIn("make room", done.stderr)
        self.assertLess(len(done.stderr), 400)
        os.remove(self.disk / "ballast")
        subprocess.run(["mount", "-o", "remount,size=20m", str(self.disk)], check=True)
        subprocess.run(load(source), check=True, capture_output=True, env=self.env)
        origins = [line["entry"]["source"] for line in self.lines_that_parse() if "source" in line["entry"]]
        names = [(origin["system"], origin["incident"], origin["record"]) for origin in origins]
        self.assertEqual(len(names), len(set(names)), "nothing is there twice")
        self.assertEqual(len([name for name in names if name[0] == source]), 1885)

    def lines_that_parse(self):
        for path in sorted(self.store.glob("nodes/*/*.jsonl")):
            for line in path.read_bytes().split(b"\n"):
                try:
                    yield json.loads(line)
                except ValueError:
                    pass

    def add_until_full(self):
        """Adds until the program says that there is no room; returns what it acknowledged."""
        logged = []
        self.fill()
        for number in range(1000):
            text = f"entry {number} " + "y" * 8000
            done = subprocess.run(
                [LOGGIST, "add", "INC-1", "note", text], capture_output=True, text=True,
                env=self.env)
            self.fill()
            if done.returncode != 0:
                self.assertIn(done.returncode, (73, 74), done.stderr)
                self.assertIn("room", done.stderr)
                # The text comes back, so that it can be copied.
                self.assertIn(f"entry {number}", done.stderr + done.stdout)
                return logged
            logged.append(text)
        self.fail("the disk never got full")


if __name__ == "__main__":
    unittest.main()
