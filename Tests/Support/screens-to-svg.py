"""Draws recorded screens (`screen` steps of a script, or a golden file) as SVG pictures.

Usage: loggist --script SCRIPT ... | python3 Tests/Support/screens-to-svg.py FOLDER

A remark `# picture NAME: what it shows` in the script makes FOLDER/NAME.svg of the screen that follows. The colours are
those of the theme `default` with 256 colours (Sources/Terminal/Theme.swift) on a dark ground.
"""

import re
import sys
import unicodedata
from html import escape

INK, GROUND = "#d8dee9", "#0e1116"


class Look:
    """What a role looks like: colour, ground (None: that of the picture), weight, underline."""

    def __init__(self, ink=INK, ground=None, bold=False, underline=False):
        self.ink, self.ground, self.bold, self.underline = ink, ground, bold, underline


MUTED, CALM, GOOD, CAUTION = "#767676", "#5f5fff", "#00875f", "#ffaf00"
# By the letters of golden screens (Sources/Terminal/Style.swift), as Sources/Terminal/Palette.swift has them.
LOOK = {
    "n": Look(), "i": Look(), "t": Look(bold=True), "e": Look(bold=True), "k": Look(bold=True),
    "d": Look(underline=True), "u": Look(MUTED), "l": Look(MUTED), "r": Look(MUTED), "v": Look(MUTED), "s": Look(MUTED),
    "c": Look("#ffffff", "#d70000", bold=True), "x": Look("#ffffff", "#d70000", bold=True),
    "h": Look("#000000", CAUTION, bold=True), "w": Look("#000000", CAUTION, bold=True), "a": Look("#000000", CAUTION),
    "b": Look("#000000", CAUTION), "m": Look(CALM), "o": Look(CALM, bold=True), "p": Look(CALM, bold=True),
    "g": Look(GOOD), "f": Look(GOOD, bold=True),
}
CELL, LINE, EDGE = 8.4, 18, 14


def width(character):
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def screens(text):
    """The pictures of a script's output: (name, title, rows, cursor); a row is [text, styles], a cursor (row, column)."""
    found, rows, named = [], [], None
    for line in text.split("\n"):
        picture = re.match(r"# picture ([a-z-]+): (.+)$", line)
        row = re.match(r"\d\d+│(.*)│$", line)
        styles = re.match(r"\d\d+~(.*)$", line)
        cursor = re.match(r"cursor (?:(\d+),(\d+)|.*)$", line)
        if picture:
            named = picture.groups()
        elif row:
            rows.append([row.group(1), ""])
        elif styles and rows:
            rows[-1][1] = styles.group(1)
        elif cursor and rows:
            if named:
                place = tuple(int(number) - 1 for number in cursor.groups()) if cursor.group(1) else None
                found.append((*named, rows, place))
            rows, named = [], None
    return found


def runs(row, styles):
    """Stretches of one style: [column, columns, text, letter]. What is wider than a cell stands alone."""
    column, out = 0, []
    for character in row:
        cells = width(character)
        letter = styles[column] if column < len(styles) else "·"
        same = out and out[-1][3] == letter and out[-1][1] == len(out[-1][2])
        if out and (cells == 0 or same and cells == 1):
            out[-1][1] += cells
            out[-1][2] += character
        else:
            out.append([column, cells, character, letter])
        column += cells
    return out


def svg(rows, cursor, title):
    columns = max(sum(map(width, row)) for row, _ in rows)
    wide, high = columns * CELL + 2 * EDGE, len(rows) * LINE + 2 * EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" role="img" aria-label="{escape(title)}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{GROUND}"/>',
        '<g font-family="ui-monospace, DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">',
    ]
    for number, (row, styles) in enumerate(rows):
        top = EDGE + number * LINE
        # Grounds before texts: a ground must not cut off the letter beside it.
        texts = []
        for column, cells, text, letter in runs(row, styles):
            look = LOOK.get(letter.lower(), LOOK["n"])
            ink, ground = look.ink, look.ground
            if letter.isupper():
                ink, ground = ground or GROUND, ink
            left = EDGE + column * CELL
            if ground:
                parts.append(
                    f'<rect x="{left:.1f}" y="{top}" width="{cells * CELL:.1f}" height="{LINE}" fill="{ground}"/>')
            if look.underline:
                parts.append(
                    f'<rect x="{left:.1f}" y="{top + 15}" width="{cells * CELL:.1f}" height="1" fill="{ink}"/>')
            # Two spaces part texts: browsers make one of them, whatever xml:space says, and stretch the rest.
            weight = ' font-weight="700"' if look.bold else ""
            for part in re.finditer(r"\S+(?: \S+)*", text):
                start = left + sum(map(width, text[:part.start()])) * CELL
                cells = sum(map(width, part.group()))
                texts.append(
                    f'<text x="{start:.1f}" y="{top + 13}" fill="{ink}"{weight} '
                    f'textLength="{cells * CELL:.1f}" lengthAdjust="spacingAndGlyphs">{escape(part.group())}</text>')
        parts += texts
    if cursor:
        row, column = cursor
        parts.append(
            f'<rect x="{EDGE + column * CELL:.1f}" y="{EDGE + row * LINE}" width="{CELL}" height="{LINE}" '
            f'fill="{INK}" fill-opacity="0.55"/>')
    return "\n".join(parts + ["</g>", "</svg>", ""])


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    found = screens(sys.stdin.read())
    if not found:
        raise SystemExit("no screen follows a remark '# picture NAME: what it shows'")
    for name, title, rows, cursor in found:
        with open(f"{sys.argv[1]}/{name}.svg", "w", encoding="utf-8") as out:
            out.write(svg(rows, cursor, title))
        print(f"{sys.argv[1]}/{name}.svg")


main()
