"""The evening of Tests/LoggistUITests/Evening.swift as a store on the disk, and golden screens as what to press and see."""

import json
import re

from .desk import ROOT

SCREENS = ROOT / "Tests" / "LoggistUITests" / "Screens"
NOW = "2022-01-05T20:58:00+01:00"

CONFIGURATION = """
services: [pharmacy, {name: e-mail, aliases: [mail]}, badge]
places: [Pharmacy, Ward A]
people:
  t.waller: {name: Terence Waller}
canned: {wifi: "Asked the caller to forget the network and join again."}
targets: {P1: {ack: 5m, fix: 1h}, P2: {ack: 15m, fix: 4h}}
"""


def make_evening(desk):
    """Logs, as the commands do, what the golden screens begin with."""
    desk.make_rehearsal(now="2022-01-05T12:00:00+01:00")
    with open(desk.store / "config.yaml", "a") as configuration:
        configuration.write(CONFIGURATION)

    def write(time, *entries, by="ama"):
        at = f"2022-01-05T{time}:00+01:00"
        text = "".join(json.dumps({"at": at, **entry}) + "\n" for entry in entries)
        desk.loggist("add", "--json", "--yes", "--now", at, "--by", by, text=text)

    def call(time, text, service, **fields):
        write(time, {"kind": "opened", "title": text, "service": service},
              {"kind": "complaint", "text": text, **fields})

    call("18:40", "No wifi in Ward A", "wifi", place="Ward A")
    write("18:58", {"kind": "restored", "incident": "INC-1"})
    write("19:02", {"kind": "resolved", "incident": "INC-1", "text": "controller restarted"})
    call("19:18", "Mail is not delivered", "e-mail", caller="registration", callback=True)
    write("19:18", {"kind": "set", "incident": "INC-2", "priority": "P2"})
    write("19:20", {"kind": "acknowledged", "incident": "INC-2"}, by="t.waller")
    write("20:41", {"kind": "check", "incident": "INC-2", "text": "queue drained, watching"},
          by="t.waller")
    call("12:10", "Badge reader dead at the back door", "badge")
    write("12:12", {"kind": "set", "incident": "INC-3", "priority": "P4"})


class Golden:
    """A scenario: its steps, and after each `screen` the rows and the cursor that must be there."""

    def __init__(self, path):
        self.name = path.stem
        self.steps = []
        for line in path.read_text().split("\n"):
            row = re.match(r"\d{2,}(.)", line)
            if row and row[1] == "│":
                self.steps[-1][1].append(line[3:].rsplit("│", 1)[0].rstrip())
            elif row and row[1] == "~":
                continue
            elif line.startswith("cursor "):
                self.steps[-1][2].append(line.removeprefix("cursor "))
            elif line and not line.startswith("#"):
                self.steps.append((line, [], []))

    @property
    def needs_a_clock_that_steps(self):
        return any(step.startswith(("later ", "at ")) for step, _, _ in self.steps)

    @property
    def sizes(self):
        size, seen = "80x24", set()
        for step, _, _ in self.steps:
            if step.startswith("size "):
                size = step.split()[1]
            elif step == "screen":
                seen.add(size)
        return seen


NAMES = {
    "Esc": "Escape", "shift-Tab": "BTab", "PageUp": "PPage", "PageDown": "NPage",
    "Backspace": "BSpace", "Delete": "DC",
}


def keys(text):
    """The words of a `keys` step: (name for tmux, None) or (None, what is typed)."""
    for quoted, word in re.findall(r'"([^"]*)"|(\S+)', text):
        if word in NAMES:
            yield NAMES[word], None
        elif word.startswith("ctrl-"):
            yield "C-" + word[5:], None
        elif word.startswith("alt-"):
            yield "M-" + word[4:], None
        elif len(word) > 1:
            yield word, None
        else:
            yield None, word or quoted


def pasted(text):
    """What a `paste` step pastes."""
    marks = {"n": "\n", "r": "\r", "t": "\t", "e": "\x1b", "\\": "\\"}
    return re.sub(r"\\(.)", lambda mark: marks[mark[1]], text[1:-1])
