"""Measures passes over a whole log, and imports: wall-clock time of the process, peak memory, and ratios.

Usage: python3 Tests/Benchmarks/passes.py [path of loggist] [entries in the store]

The commands take turns, so that the machine's moods fall on all of them alike. What is imported is the sample of 200
incidents in data/import, repeated under other numbers; Python's csv module reads the same table beside it.
"""

import csv
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

LOGGIST = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else ".build/release/loggist")
ENTRIES = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLE = os.path.join(HERE, "../../data/import/uci-servicenow")
TURNS = 5


def run(command, env):
    """Seconds and MB of one process."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    took = time.monotonic() - start
    if status != 0:
        raise SystemExit("%s: status %d" % (" ".join(command), status))
    return took, usage.ru_maxrss / 1024


def table(title, commands, env, before=lambda: None, entries=None):
    took = {name: [] for name, _ in commands}
    for _ in range(TURNS):
        for name, command in commands:
            before()
            took[name].append(run(command, env))
    first = statistics.median(seconds for seconds, _ in took[commands[0][0]])
    print("| %s | s, median of %d | fastest | slowest | MB | ratio%s |" % (title, TURNS, " | entries/s" if entries else ""))
    print("| --- | ---: | ---: | ---: | ---: | ---: |" + (" ---: |" if entries else ""))
    for name, _ in commands:
        seconds = [taken for taken, _ in took[name]]
        median = statistics.median(seconds)
        speed = " %d |" % (entries / median) if entries else ""
        print("| %s | %.2f | %.2f | %.2f | %d | %.2f |%s"
              % (name, median, min(seconds), max(seconds), max(memory for _, memory in took[name]), median / first,
                 speed))
    print()


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
        maker = os.path.join(HERE, "make_store.py")
        subprocess.run([sys.executable, maker, LOGGIST, folder + "/store", str(ENTRIES)], env=env, check=True)
        years = "%d..%d" % (time.gmtime().tm_year - 11, time.gmtime().tm_year)
        table("%d entries" % ENTRIES, [
            ("`metrics`, ten years", [LOGGIST, "metrics", "--period", years, "--by", "priority"]),
            ("`report`, ten years", [LOGGIST, "report", "--period", years]),
            ("`report` in HTML, ten years", [LOGGIST, "report", "--period", years, "--format", "html"]),
            ("`metrics`, this month", [LOGGIST, "metrics", "--by", "priority"]),
            ("`report`, this month", [LOGGIST, "report"]),
        ], env)

        source = folder + "/table.csv"
        repeated(source, 30)
        made = folder + "/made"
        load = [LOGGIST, "import", source, "--store", made, "--map", os.path.join(SAMPLE, "events.yaml")]

        def fresh():
            shutil.rmtree(made, ignore_errors=True)
            subprocess.run([LOGGIST, "init", "--store", made, "--node", "INC", "--zone", "UTC"], env=env, check=True,
                           stdout=subprocess.DEVNULL)

        fresh()
        said = subprocess.run(load, env=env, check=True, capture_output=True, text=True).stdout
        table("import of %.1f MB" % (os.path.getsize(source) / 1e6), [
            ("Python's `csv` reads the table",
             [sys.executable, "-c", "import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline='')): pass", source]),
            ("`import --dry-run`", load + ["--dry-run"]),
            ("`import`", load),
        ], env, before=fresh, entries=int(said.split()[1]))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
