"""Line by line: a whole incident through a pipe, and through a terminal that can do nothing but lines."""

import os
import pty
import re
import select
import time

from .desk import LOGGIST, Desk

EVENING = [
    "n Cannot enter new drugs caller=\"pharmacist on call\" #pharmacy callback=yes !1",
    "o taken for the network, other services are up",
    "e @t.waller",
    "e @f.bello reached_by=phone",
    "y",
    "2",
    "diagnosis verdict=confirmed the new version cannot write the file",
    "m outcome=held back on 0.2.6",
    "r",
    "R restarted with the old version",
    "1",
    "paste",
    "first line of the notes",
    "second line of the notes",
    ".",
    "1",
    "root_cause the encoding was not passed on",
    "v",
    "sign shift lead",
    "1",
    "q",
    "b",
    "b 1 told them that it works",
    "H",
    "n @ben all quiet",
    "a",
    "1",
    "q",
]

KINDS = [
    "opened", "complaint", "set", "observation", "escalated", "escalated", "engaged", "diagnosis",
    "mitigation", "restored", "resolved", "note", "note", "root_cause", "signed", "informed",
    "handover", "accepted",
]


class Lines(Desk):
    def setUp(self):
        super().setUp()
        self.make_store()

    def check_log(self):
        lines = self.lines()
        self.assertEqual([line["entry"]["kind"] for line in lines], KINDS)
        engaged = next(line["entry"] for line in lines if line["entry"]["kind"] == "engaged")
        self.assertEqual(engaged["ref"], "INC.6")
        handover = lines[-2]["entry"]
        self.assertEqual((handover["to"], handover["text"]), ("ben", "all quiet"))
        self.assertRegex(handover["heads"]["INC"], r"^INC\.16:[A-Za-z0-9_-]{43}$")
        self.assertEqual(lines[-1]["entry"]["ref"], "INC.17")
        self.assertIn("every digest and every link holds", self.loggist("verify"))
        self.loggist("verify", "--since", handover["heads"]["INC"])

    def test_a_whole_incident_through_a_pipe(self):
        said = self.loggist("--plain", text="\n".join(EVENING + ["q", ""]))
        self.check_log()
        self.assertIn("Which escalation?\n1: INC.5", said)
        self.assertIn("logged INC.18:", said)
        # A resolved incident of today, everything in words, nothing drawn, each entry said once.
        self.assertNotRegex(said, r"[─│┌▌·…–−→⋮\x1b]")
        self.assertEqual(said.count("INC.4: "), said.count("logged INC-1 INC.4: "))
        self.assertNotIn("new: ", said)

    def test_a_whole_incident_on_a_dumb_terminal(self):
        said = Talk([LOGGIST], {**self.env, "TERM": "dumb"})
        said.until("loggist> ")
        for line in EVENING:
            said.type(line)
            said.until("> ")
        # A prompt may stand there twice, before and after an entry's arrival: the last answer is what is waited for.
        if "logged INC.18:" not in said.all:
            said.until("logged INC.18:")
        self.check_log()
        said.type("INC-1")
        said.until("INC-1> ")
        said.type("?")
        self.assertIn("more lines: type more.", said.until("INC-1> "))
        said.type("more")
        said.until("INC-1> ")
        said.type("more")
        self.assertIn("an empty line lists again", said.until("INC-1> "))
        said.type("q")
        said.until("loggist> ")
        said.type("q")
        said.end()
        self.assertNotIn("\x1b", said.all)

    def test_the_first_start_line_by_line(self):
        self.env["LOGGIST_STORE"] = str(self.folder / "other")
        said = Talk([LOGGIST, "--plain"], {**self.env, "TZ": "Africa/Lagos"})
        said.until("Desk [IT desk]: ")
        said.type("St. Nicholas IT desk")
        said.until("Time zone [Africa/Lagos]: ")
        said.type("Afrika/Lagos")
        self.assertIn("There is no time zone Afrika/Lagos", said.until("Time zone [Africa/Lagos]: "))
        said.type("")
        said.until("Your name [")
        said.until("]: ")
        said.type("Ama Owusu")
        self.assertIn("n and the caller's words log a call", said.until("loggist> "))
        said.type("q")
        said.end()
        text = (self.folder / "other" / "config.yaml").read_text()
        self.assertIn('desk: "St. Nicholas IT desk"\nzone: Africa/Lagos\n', text)
        self.assertIn('{name: "Ama Owusu"}', text)

    def test_without_a_terminal_no_store_is_made(self):
        self.env["LOGGIST_STORE"] = str(self.folder / "other")
        self.loggist("--plain", text="\n\n\n", status=1)
        self.assertIn("loggist init", self.errors)
        self.assertFalse((self.folder / "other").exists())


class Talk:
    """A program on a terminal of its own, line by line."""

    def __init__(self, command, env):
        self.all = ""
        self.seen = 0
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execve(command[0], command, env)

    def type(self, line):
        os.write(self.terminal, (line + "\n").encode())
        # The terminal's own echo is no answer.
        self.until("\n")

    def until(self, wanted, seconds=20):
        """Reads on until a text comes; returns what came up to it."""
        end = time.monotonic() + seconds
        while True:
            place = self.all.find(wanted, self.seen)
            if place >= 0:
                start, self.seen = self.seen, place + len(wanted)
                return self.all[start:self.seen]
            if time.monotonic() > end or not self.read(end - time.monotonic()):
                raise AssertionError(f"not said: {wanted}\n{self.all[self.seen:]}")

    def read(self, seconds):
        ready, _, _ = select.select([self.terminal], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            piece = os.read(self.terminal, 65536).decode()
        except OSError:
            return False
        self.all += re.sub("\r", "", piece)
        return bool(piece)

    def end(self):
        while self.read(20):
            pass
        _, status = os.waitpid(self.process, 0)
        os.close(self.terminal)
        assert os.waitstatus_to_exitcode(status) == 0, self.all
