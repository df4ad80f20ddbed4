"""Draws recorded screens (`screen` steps of a script, or a golden file) as SVG pictures.

Usage: loggist --script TOUR ... | python3 Tests/Support/screens-to-svg.py docs/images NAME...

The n-th screen becomes NAME n. A picture is text on a dark ground with the default palette's meanings.
"""

import re
import sys
import unicodedata
from html import escape

# Style letters of golden screens (Sources/Terminal/Style.swift) and what they look like: colour, weight.
LOOK = {
    "n": ("#d8dee9", 400), "t": ("#ffffff", 700), "d": ("#d8dee9", 700), "u": ("#8a93a3", 400),
    "e": ("#ffffff", 700), "c": ("#f0a05a", 700), "h": ("#f0e442", 700), "m": ("#7cc4f0", 400),
    "l": ("#8a93a3", 400), "a": ("#f0a05a", 400), "s": ("#8a93a3", 400), "o": ("#56b4e9", 700),
    "g": ("#5fd7a7", 400), "w": ("#f0e442", 400), "x": ("#ff8a65", 700), "p": ("#56b4e9", 700),
    "i": ("#ffffff", 400), "v": ("#8a93a3", 400), "k": ("#56b4e9", 700), "b": ("#0e1116", 700),
    "r": ("#6b7484", 400), "f": ("#5fd7a7", 400),
}
CELL, LINE, EDGE = 8.4, 18, 14


def width(character):
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def screens(text):
    """The screens of a script's output: lists of (row, styles)."""
    found, rows = [], None
    for line in text.split("\n"):
        row = re.match(r"\d\d+│(.*)│$", line)
        styles = re.match(r"\d\d+~(.*)$", line)
        if row:
            rows = rows or []
            rows.append([row.group(1), ""])
        elif styles and rows:
            rows[-1][1] = styles.group(1)
        elif line.startswith("cursor ") and rows:
            found.append(rows)
            rows = None
    return found


def runs(row, styles):
    """Stretches of one style: (column, columns, text, letter)."""
    column, out = 0, []
    for character in row:
        cells = width(character)
        letter = styles[column] if column < len(styles) else "·"
        if out and (cells == 0 or out[-1][3] == letter):
            out[-1][1] += cells
            out[-1][2] += character
        else:
            out.append([column, cells, character, letter])
        column += cells
    return out


def svg(rows, title):
    columns = max(sum(map(width, row)) for row, _ in rows)
    wide, high = columns * CELL + 2 * EDGE, len(rows) * LINE + 2 * EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" rx="8" fill="#0e1116"/>',
        '<g font-family="ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" '
        'xml:space="preserve">',
    ]
    for number, (row, styles) in enumerate(rows):
        baseline = EDGE + number * LINE + 13
        for column, cells, text, letter in runs(row, styles):
            chosen = letter.isupper()
            colour, weight = LOOK.get(letter.lower(), LOOK["n"])
            left = EDGE + column * CELL
            if chosen:
                parts.append(
                    f'<rect x="{left:.1f}" y="{EDGE + number * LINE}" width="{cells * CELL + 0.6:.1f}" '
                    f'height="{LINE}" fill="#d8dee9"/>')
                colour = "#0e1116"
            if text.strip():
                line = ' text-decoration="line-through"' if letter.lower() == "s" else ""
                parts.append(
                    f'<text x="{left:.1f}" y="{baseline}" fill="{colour}" font-weight="{weight}"'
                    f'{line} textLength="{cells * CELL:.1f}" lengthAdjust="spacingAndGlyphs">'
                    f"{escape(text)}</text>")
    return "\n".join(parts + ["</g>", "</svg>", ""])


def main():
    folder, names = sys.argv[1], sys.argv[2:]
    found = screens(sys.stdin.read())
    if len(found) < len(names):
        raise SystemExit(f"{len(found)} screens for {len(names)} names")
    for rows, name in zip(found, names):
        with open(f"{folder}/{name}.svg", "w", encoding="utf-8") as out:
            out.write(svg(rows, f"Loggist: {name}"))


main()
