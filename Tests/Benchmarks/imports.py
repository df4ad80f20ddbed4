"""Measures imports: wall-clock time of the process, peak memory, and ratios.

Usage: python3 Tests/Benchmarks/imports.py [path of loggist] [times that the sample is repeated]

The commands take turns, so that the machine's moods fall on all of them alike. What is imported is the sample of 200
incidents in data/import, repeated under other numbers (530 times: a million entries); Python's csv module reads the same
table beside it.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile

from measure import cost, median

LOGGIST = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/loggist")
TIMES = int(sys.argv[2]) if len(sys.argv) > 2 else 30
HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "../../data/import/uci-servicenow")
TURNS = 5


def table(title, commands, env, before, entries):
    took = {name: [] for name, _ in commands}
    for _ in range(TURNS):
        for name, command in commands:
            before()
            took[name].append(cost(command, env))
    first = median(took[commands[0][0]], "seconds")
    print("| %s | s, median of %d | fastest | slowest | MB | ratio | entries/s |" % (title, TURNS))
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name, _ in commands:
        seconds = [each.seconds for each in took[name]]
        middle = median(took[name], "seconds")
        print("| %s | %.2f | %.2f | %.2f | %d | %.2f | %d |"
              % (name, middle, min(seconds), max(seconds), max(each.memory for each in took[name]), middle / first,
                 entries / middle))
    print()
    return entries / middle


def repeated(path, times):
    """The sample so many times under other numbers: the table's path, and how many entries it makes."""
    with open(os.path.join(SAMPLE, "sample200.csv"), newline="") as file:
        header, *rows = csv.reader(file)
    number = header.index("number")
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for turn in range(times):
            for row in rows:
                writer.writerow(row[:number] + ["%s-%d" % (row[number], turn)] + row[number + 1:])


def main():
    folder = tempfile.mkdtemp(prefix="loggist-passes-")
    env = {**os.environ, "LOGGIST_STORE": folder + "/store", "HOME": folder, "LANG": "C.UTF-8"}
    try:
        source = folder + "/table.csv"
        repeated(source, TIMES)
        made = folder + "/made"
        load = [LOGGIST, "import", source, "--store", made, "--map", os.path.join(SAMPLE, "events.yaml")]

        def fresh():
            shutil.rmtree(made, ignore_errors=True)
            subprocess.run([LOGGIST, "init", "--store", made, "--node", "INC", "--zone", "UTC"], env=env, check=True,
                           stdout=subprocess.DEVNULL)

        fresh()
        said = subprocess.run(load, env=env, check=True, capture_output=True, text=True).stdout
        rate = table("import of %.1f MB" % (os.path.getsize(source) / 1e6), [
            ("Python's `csv` reads the table",
             [sys.executable, "-c", "import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline='')): pass", source]),
            ("`import --dry-run`", load + ["--dry-run"]),
            ("`import`", load),
        ], env, before=fresh, entries=int(said.split()[1]))
        print("| what is wanted | wanted | measured | |\n| --- | ---: | ---: | --- |")
        print("| entries/s of an import | ≥ 200000 | %d | %s |\n" % (rate, "held" if rate >= 200_000 else "**not held**"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
