"""Durable appends beside SQLite (WAL, synchronous=FULL): the same entries in one run, taking turns.

Usage: python3 Tests/Benchmarks/appends.py LOGGIST FOLDER [ENTRIES A WRITER]

On the file system of the folder, and as root on an ext4 image with a journal (data=ordered), mounted for the while.

One by one, a writer is a process that stays: each of Loggist's is `loggist add --json --each`, fed a line when the last
one was acknowledged, so that a pipe there and back is in its figures; SQLite's commit in their own process. In groups of 32
a group is what waits: `loggist add --json` is a process a group, SQLite's a transaction; beside them a process for each
single entry. Times are milliseconds to the acknowledgement, medians of the medians of ROUNDS rounds, and the worst of all.
"""

import json
import multiprocessing
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

LOGGIST, FOLDER = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 300
ROUNDS = int(os.environ.get("ROUNDS", "5"))
GROUP = 32


def entry(writer, number):
    text = "writer %d, entry %d: checked the queue, läuft wieder" % (writer, number)
    return json.dumps({"kind": "note", "at": "2026-01-05T20:50:00+00:00", "text": text}, ensure_ascii=False)


def entries(writer, group, size):
    return [entry(writer, group * size + place) for place in range(size)]


def loggist_each(path, writer, barrier, results):
    process = subprocess.Popen([LOGGIST, "add", "--json", "--each", "--yes", "--store", path], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True, bufsize=1)

    def append(number):
        process.stdin.write(entry(writer, number) + "\n")
        process.stdin.flush()
        if not process.stdout.readline():
            raise SystemExit("loggist add gave no answer")

    measure(append, COUNT, barrier, results)
    process.stdin.close()
    process.wait()


def sqlite_each(path, writer, barrier, results):
    base = connected(path)
    measure(lambda number: base.execute("insert into log(line) values (?)", (entry(writer, number),)), COUNT, barrier,
            results)


def loggist_groups(size):
    def work(path, writer, barrier, results):
        command = [LOGGIST, "add", "--json", "--yes", "--store", path]

        def append(group):
            subprocess.run(command, input="\n".join(entries(writer, group, size)) + "\n", text=True, check=True,
                           stdout=subprocess.DEVNULL)

        measure(append, max(COUNT // GROUP, 4), barrier, results)

    return work


def sqlite_groups(path, writer, barrier, results):
    base = connected(path)

    def append(group):
        base.execute("begin immediate")
        base.executemany("insert into log(line) values (?)", [(line,) for line in entries(writer, group, GROUP)])
        base.execute("commit")

    measure(append, max(COUNT // GROUP, 4), barrier, results)


def connected(path):
    base = sqlite3.connect(path + ".db", isolation_level=None, timeout=60)
    base.execute("pragma synchronous=full")
    return base


def measure(append, count, barrier, results):
    append(0)
    barrier.wait()
    start, times = time.monotonic(), []
    for number in range(1, count + 1):
        before = time.perf_counter()
        append(number)
        times.append((time.perf_counter() - before) * 1000)
    results.put((start, time.monotonic(), times))


def run(work, writers, path):
    """One round: appends a second of all writers together, the median and the worst in milliseconds."""
    subprocess.run([LOGGIST, "init", "--store", path, "--node", "INC"], check=True, stdout=subprocess.DEVNULL)
    base = sqlite3.connect(path + ".db")
    base.execute("pragma journal_mode=wal")
    base.execute("create table log(id integer primary key, line text)")
    base.close()
    barrier, results = multiprocessing.Barrier(writers), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(path, n, barrier, results)) for n in range(writers)]
    for process in processes:
        process.start()
    taken = [results.get(timeout=600) for _ in processes]
    for process in processes:
        process.join()
    shutil.rmtree(path)
    for suffix in (".db", ".db-wal", ".db-shm"):
        if os.path.exists(path + suffix):
            os.unlink(path + suffix)
    times = [each for _, _, times in taken for each in times]
    rate = len(times) / (max(end for _, end, _ in taken) - min(start for start, _, _ in taken))
    return rate, statistics.median(times), max(times)


KINDS = [
    ("loggist, one by one", loggist_each, 1, (1, 4)), ("SQLite, one by one", sqlite_each, 1, (1, 4)),
    ("loggist, groups of 32, a process each", loggist_groups(GROUP), GROUP, (1, 4)),
    ("SQLite, groups of 32", sqlite_groups, GROUP, (1, 4)),
    ("loggist, one entry, a process each", loggist_groups(1), 1, (1,)),
]


def compare(folder, where):
    taken = {}
    for _ in range(ROUNDS):
        for name, work, size, counts in KINDS:
            for writers in counts:
                taken.setdefault((name, size, writers), []).append(run(work, writers, folder + "/store"))
    print("| %s | writers | entries/s | ms, median | ms, worst |\n| --- | ---: | ---: | ---: | ---: |" % where)
    rates, medians, worst = {}, {}, {}
    for (name, size, writers), rounds in taken.items():
        rate, median = (statistics.median(each[place] for each in rounds) for place in (0, 1))
        rates[name, writers], medians[name, writers] = rate * size, median
        worst[name, writers] = max(each[2] for each in rounds)
        print("| %s | %d | %.0f | %.3f | %.1f |" % (name, writers, rate * size, median, worst[name, writers]))
    ours, theirs = KINDS[0][0], KINDS[1][0]
    wanted = [
        ("four writers' rate beside SQLite's", "≥ 1.1 ×", rates[ours, 4] / rates[theirs, 4], 1.1, True),
        ("their worst stall beside SQLite's", "≤ 0.1 ×", worst[ours, 4] / worst[theirs, 4], 0.1, False),
        ("one writer's median beside SQLite's", "≤ 2 ×", medians[ours, 1] / medians[theirs, 1], 2, False),
        ("entries/s in groups of 32 beside one by one, a process each", "≥ 10 ×",
         rates[KINDS[2][0], 1] / rates[KINDS[4][0], 1], 10, True),
    ]
    print("\n| what is wanted, %s | wanted | measured | |\n| --- | ---: | ---: | --- |" % where)
    for name, text, value, limit, isLeast in wanted:
        held = value >= limit if isLeast else value <= limit
        print("| %s | %s | %.2f | %s |" % (name, text, value, "held" if held else "**not held**"))
    print(flush=True)


def on_image():
    """The same on an ext4 image with a journal, or why not."""
    folder = tempfile.mkdtemp(prefix="loggist-ext4-", dir=FOLDER)
    image, mounted = folder + "/image", folder + "/mounted"
    os.mkdir(mounted)
    options = "loop,data=ordered,barrier=1"
    try:
        with open(image, "wb") as file:
            os.posix_fallocate(file.fileno(), 0, 512 << 20)
        for command in (["mkfs.ext4", "-q", "-F", "-O", "has_journal", image],
                        ["mount", "-o", options, image, mounted]):
            try:
                done = subprocess.run(command, capture_output=True, text=True)
            except FileNotFoundError as error:
                done = subprocess.CompletedProcess(command, 1, "", str(error))
            if done.returncode != 0:
                print("No ext4 image with a journal here: %s: %s\n" % (" ".join(command[:1]), done.stderr.strip()))
                return
        try:
            compare(mounted, "ext4 image with a journal (%s)" % options)
        finally:
            subprocess.run(["umount", mounted], check=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def file_system(folder):
    done = subprocess.run(["findmnt", "-n", "-o", "FSTYPE,OPTIONS", "--target", folder], capture_output=True, text=True)
    return done.stdout.split(None, 1)[0] if done.returncode == 0 else "unknown file system"


def main():
    os.makedirs(FOLDER, exist_ok=True)
    folder = tempfile.mkdtemp(prefix="loggist-appends-", dir=FOLDER)
    try:
        compare(folder, "the disk of this folder, %s" % file_system(folder))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    on_image()


main()
