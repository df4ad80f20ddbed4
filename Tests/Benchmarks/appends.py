"""Durable appends beside SQLite (WAL, synchronous=FULL): the same entries, one by one, in one run, taking turns.

Usage: python3 Tests/Benchmarks/appends.py LOGGIST FOLDER [ENTRIES A WRITER]

A writer is a process. Each of loggist's is `loggist add --json --each`, fed a line when the last one was acknowledged, so
that a pipe there and back is in its figures; SQLite's commit in their own process. Milliseconds to the acknowledgement.
"""

import json
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

LOGGIST, FOLDER = os.path.abspath(sys.argv[1]), sys.argv[2]
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 1000


def entry(writer, number):
    text = "writer %d, entry %d: checked the queue, läuft wieder" % (writer, number)
    return json.dumps({"kind": "note", "at": "2026-01-05T20:50:00+00:00", "text": text}, ensure_ascii=False)


def loggist(path, writer, barrier, results):
    process = subprocess.Popen([LOGGIST, "add", "--json", "--each", "--yes", "--store", path], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True, bufsize=1)

    def append(number):
        process.stdin.write(entry(writer, number) + "\n")
        process.stdin.flush()
        if not process.stdout.readline():
            raise SystemExit("loggist add gave no answer")

    measure(append, barrier, results)
    process.stdin.close()
    process.wait()


def sqlite(path, writer, barrier, results):
    base = sqlite3.connect(path + ".db", isolation_level=None, timeout=60)
    base.execute("pragma synchronous=full")
    measure(lambda number: base.execute("insert into log(line) values (?)", (entry(writer, number),)), barrier, results)


def measure(append, barrier, results):
    append(0)
    barrier.wait()
    start, times = time.monotonic(), []
    for number in range(1, COUNT + 1):
        before = time.perf_counter()
        append(number)
        times.append((time.perf_counter() - before) * 1000)
    results.put((start, time.monotonic(), times))


def run(name, work, writers, folder):
    path = "%s/%s-%d" % (folder, name, writers)
    if work is loggist:
        subprocess.run([LOGGIST, "init", "--store", path, "--node", "INC"], check=True, stdout=subprocess.DEVNULL)
    else:
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
    times = sorted(each for _, _, times in taken for each in times)
    rate = len(times) / (max(end for _, end, _ in taken) - min(start for start, _, _ in taken))
    print("| %s | %d | %d | %.3f | %.1f |" % (name, writers, rate, times[len(times) // 2], times[-1]), flush=True)


folder = tempfile.mkdtemp(prefix="loggist-appends-", dir=FOLDER)
try:
    print("| one by one | writers | entries/s | ms, median | ms, worst |\n| --- | ---: | ---: | ---: | ---: |")
    for writers in (1, 4):
        run("loggist", loggist, writers, folder)
        run("SQLite", sqlite, writers, folder)
finally:
    shutil.rmtree(folder, ignore_errors=True)
