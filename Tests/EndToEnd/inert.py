"""What hostile text has to look like in each format, said a second time and independently of the program: the rules of
docs/exports.md, and what other people's parsers see."""

import csv
import io
import json
import re
import unicodedata

from .desk import ROOT

CASES = [json.loads(line) for line in
         (ROOT / "data" / "corpus" / "hostile-text.jsonl").read_text().splitlines()]


def sign(character):
    """The visible sign of what would act on a screen; None for everything else."""
    code = ord(character)
    if code == 0x09:
        return " "
    if code in (0x0A, 0x2028, 0x2029):
        return "⏎"
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if 0x80 <= code < 0xA0 or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x206F or 0xFFF9 <= code <= 0xFFFB:
        return f"‹U+{code:04X}›"
    return None


def visible(line):
    return "".join(sign(character) or character for character in line)


def visible_lines(text):
    """With its line feeds, everything else that acts as a sign."""
    return "\n".join(visible(line) for line in text.split("\n"))


def acts(text, allowed="\n"):
    """The characters of a text that could act on a screen."""
    return {f"U+{ord(character):04X}" for character in text
            if character not in allowed and sign(character) is not None}


def squeezed(text):
    """Without any white space: for texts whose lines another format breaks elsewhere."""
    return "".join(text.split())


# Markdown

def markdown_words(text):
    """The words of a text as Markdown shows them: no spaces at the ends of lines, no blank lines at its ends."""
    lines = [visible(line.strip(" \t")).strip() for line in text.split("\n")]
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def markdown_parser():
    from markdown_it import MarkdownIt
    return MarkdownIt("gfm-like", {"linkify": True, "html": True})


BLOCKS = {"heading", "paragraph", "bullet_list", "ordered_list", "list_item", "table", "thead", "tbody", "tr", "th",
          "td"}
RUNS = {"text", "text_special", "softbreak", "hardbreak", "code_inline", "strong_open", "strong_close", "em_open",
        "em_close"}


def markdown_flaws(text):
    """What is in a document of ours that only somebody else's words can have put there."""
    flaws, link = [], None
    for token in markdown_parser().parse(text):
        name = re.sub("_(open|close)$", "", token.type)
        if token.type != "inline":
            if name not in BLOCKS:
                flaws.append(f"{token.type}: {token.content[:80]!r}")
            continue
        for run in token.children:
            if run.type == "html_inline" and run.content == "<br>" or run.type in RUNS:
                continue
            if run.type == "link_open":
                link = run.attrs["href"]
            if run.type in ("link_open", "link_close") and link.startswith("#"):
                continue
            flaws.append(f"{run.type}: {run.content or run.attrs}")
    return flaws


def markdown_tables(text):
    """The tables of a document: lists of rows of cells, as plain text with line feeds."""
    tables = []
    for token in markdown_parser().parse(text):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type in ("th_open", "td_open"):
            tables[-1][-1].append("")
        elif token.type == "inline" and tables and tables[-1] and tables[-1][-1]:
            tables[-1][-1][-1] = "\n".join(
                line.strip() for line in run_text(token.children).split("\n"))
        elif token.type == "table_close":
            tables.append([])
    return [table for table in tables if table]


def run_text(runs):
    words = ""
    for run in runs:
        if run.type in ("softbreak", "hardbreak") or run.type == "html_inline":
            words += "\n"
        else:
            words += run.content
    return words


# CSV

NUMBER = re.compile(r"-?[0-9]+$")


def csv_rows(text):
    """The rows of a CSV as dictionaries, read by Python's own reader."""
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert all(len(row) == len(rows[0]) for row in rows), "rows of different lengths"
    return rows[0], [dict(zip(rows[0], row)) for row in rows[1:]]


def csv_words(cell):
    """The text of a cell, as somebody gets it back: an apostrophe less wherever one was put in front."""
    return re.sub(r"(^|[;\n])'", r"\1", cell)


def runs_as_formula(cell):
    bare = "".join(character for character in cell
                   if unicodedata.category(character) != "Cf").lstrip(" \t\r\n\u00a0\u3000")
    return bool(bare) and bare[0] in "=+-@\uff1d\uff0b\uff0d\uff20" and not NUMBER.match(cell)


# HTML

ELEMENTS = set("""html head meta title style body main header footer section article nav h1 h2 h3 h4 h5 h6 p br hr ol ul li
dl dt dd div span strong em b i small code time abbr table caption thead tbody tfoot tr th td colgroup col a figure
figcaption details summary svg g path rect line circle polyline polygon text tspan desc defs clippath lineargradient
pattern stop use marker""".split())


def html_flaws(text):
    import html5lib
    flaws = []
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        name = re.sub(r"^\{.*\}", "", element.tag).lower()
        if name not in ELEMENTS:
            flaws.append(f"<{name}>")
        for key, value in element.attrib.items():
            key = str(key).lower()
            if key.startswith("on"):
                flaws.append(f"<{name} {key}>")
            if re.sub(r"^.*[}:]", "", key) in ("href", "src", "action", "data", "formaction") and not value.startswith("#"):
                flaws.append(f"<{name} {key}={value!r}>")
            if "url(" in value.lower() and not re.fullmatch(r"url\(#[\w-]+\)", value):
                flaws.append(f"<{name} {key}={value!r}>")
    return flaws


def html_text(text):
    import html5lib
    tree = html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False)
    return "".join(tree.itertext())
