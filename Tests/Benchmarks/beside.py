"""Loggist side by side with what one would use instead, on the same files in the same run; Markdown for docs/benchmarks.md.

Usage: python3 Tests/Benchmarks/beside.py LOGGIST ENTRIES...

DuckDB, jq, ripgrep, lnav, SQLite (Python's), sha256sum and a bare simdjson pass; what is not installed is said and left
out (`.ci/setup bench` installs them). All take turns, ROUNDS (5) times, with the page cache warm; the tables show medians of
whole processes, started and ended. Where DuckDB's figures are not Loggist's to the second, this ends with an error.
"""

import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import following
from measure import cost, median, warm
from terminal import Terminal

HERE = os.path.dirname(os.path.abspath(__file__))
LOGGIST = os.path.abspath(sys.argv[1]) if len(sys.argv) > 1 else ""
ROUNDS = int(os.environ.get("ROUNDS", "5"))
# One hit in twenty thousand entries or so of a million, wherever they lie.
WORD = "haystack"


class Series:
    """What takes turns: each round runs all of it, once."""

    def __init__(self):
        self.runs, self.costs, self.notes = {}, {}, []

    def add(self, name, run):
        self.runs[name], self.costs[name] = run, []

    def process(self, name, command, env, needs=None, check=None, **options):
        if needs and not shutil.which(needs):
            self.notes.append("%s is not installed" % needs)
            return

        def run():
            done = cost(command, env, **options)
            if check:
                check(done.output)
            return done

        self.add(name, run)

    def rounds(self, count):
        for _ in range(count):
            for name, run in self.runs.items():
                self.costs[name].append(run())

    def seconds(self, name, what="seconds"):
        return median(self.costs[name], what) if name in self.costs else float("nan")


class Opened:
    """A screen, until some text stands on it: a cost with a time and the memory, and nothing else."""

    output, status, first = b"", 0, None

    def __init__(self, command, env, wanted, directory):
        previous = os.getcwd()
        os.chdir(directory)
        terminal = Terminal(command, env)
        os.chdir(previous)
        self.seconds = terminal.wait(wanted, 600) - terminal.start
        self.processor, self.memory = terminal.ticks() / os.sysconf("SC_CLK_TCK"), terminal.memory() * 1.024
        self.read = self.written = float("nan")
        terminal.close()


def number(value, unit=1.0, digits=3):
    return "–" if value != value else "%.*f" % (digits, value * unit)


def table(title, series, names, base, entries=None):
    """Medians and the ratio to the first; what was not run has no row."""
    print("| %s | ms | processor ms | peak MB | MB read | MB written | × %s |" % (title, base))
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in names:
        if name not in series.costs:
            continue
        of = lambda what: series.seconds(name, what)
        print("| %s | %s | %s | %s | %s | %s | %s |" % (
            name, number(of("seconds"), 1000, 1), number(of("processor"), 1000, 0), number(of("memory"), 1, 0),
            number(of("read"), 1, 1), number(of("written"), 1, 2),
            number(of("seconds") / series.seconds(base), 1, 2)))
    print(flush=True)


def simdjson_pass(folder):
    """The program of simdjson_pass.cpp, or None."""
    compiler = shutil.which("c++") or shutil.which("clang++")
    if not compiler:
        return None
    program = folder + "/simdjson_pass"
    done = subprocess.run([compiler, "-O3", "-std=c++17", "-o", program, HERE + "/simdjson_pass.cpp", "-lsimdjson"],
                          capture_output=True)
    return program if done.returncode == 0 else None


def python_with_duckdb():
    if importlib.util.find_spec("duckdb"):
        return sys.executable
    own = os.path.join(HERE, "../../.build/bench-python/bin/python3")
    return own if os.path.exists(own) else None


INSERT = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("pragma journal_mode=wal"); base.execute("pragma synchronous=full")
base.execute("insert into log(line) values (?)", (sys.argv[2],))
"""


class Bench:
    def __init__(self, folder, entries):
        self.folder, self.entries, self.store = folder, entries, folder + "/store"
        self.env = {**os.environ, "LOGGIST_STORE": self.store, "XDG_STATE_HOME": folder + "/state", "HOME": folder,
                    "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        for name in ("LINES", "COLUMNS", "NO_COLOR"):
            self.env.pop(name, None)
        start = time.perf_counter()
        subprocess.run([sys.executable, HERE + "/make_store.py", LOGGIST, self.store, str(entries)], env=self.env,
                       check=True)
        self.node = self.store + "/nodes/INC"
        self.files = sorted(self.node + "/" + name for name in os.listdir(self.node) if name.endswith(".jsonl"))
        self.bytes = warm(self.files)
        self.series, self.figures = Series(), []
        print("\n## %s entries, %.0f MB in %d segments, made in %.0f s\n" % (
            format(entries, ","), self.bytes / 1e6, len(self.files), time.perf_counter() - start), flush=True)

    def loggist(self, name, *arguments, **options):
        self.series.process(name, [LOGGIST, *arguments], self.env, **options)

    def prepare(self):
        series, files, env = self.series, self.files, self.env
        year = time.gmtime().tm_year
        years = "%d..%d" % (year - 11, year + 1)

        def of_loggist(output):
            clock = json.loads(output)["metrics"][0]
            self.figures.append({name: clock[name] for name in ("n", "p50_s", "p90_s")})

        self.loggist("`loggist metrics`, all figures", "metrics", "--period", years)
        self.loggist("`loggist metrics --metric tts.1`", "metrics", "--period", years, "--metric", "tts.1", "--format",
                     "json", check=of_loggist)
        python = python_with_duckdb()
        if python:
            series.process("DuckDB", [python, HERE + "/duckdb_figures.py", *files], env,
                           check=lambda output: self.figures.append(json.loads(output)))
        else:
            series.notes.append("DuckDB is not installed")
        series.process("`jq empty`", ["jq", "empty", *files], env, needs="jq")
        program = simdjson_pass(self.folder)
        if program:
            series.process("a bare simdjson pass", [program, *files], env)
        else:
            series.notes.append("the simdjson pass could not be compiled")
        self.loggist("`loggist report`", "report", "--period", years)
        series.process("a process: `loggist --version`", [LOGGIST, "--version"], env)
        self.loggist("`loggist list`", "list")
        series.add("the first board", lambda: Opened([LOGGIST], env, b"INC-", self.folder))
        if shutil.which("lnav"):
            series.add("lnav, its first screen", lambda: Opened(["lnav", "-q", *files], env, b'"seq"', self.folder))
        else:
            series.notes.append("lnav is not installed")
        self.loggist("`loggist search`", "search", WORD)
        series.process("ripgrep", ["rg", "-i", "--no-heading", WORD, *files], env, needs="rg")
        self.loggist("`loggist verify`", "verify")
        series.process("`sha256sum`", ["sha256sum", *files], env, needs="sha256sum")
        self.prepare_adds()

    def newest(self):
        """The segment that entries of now go to; in the first hours of a month there may be none yet."""
        return self.node + time.strftime("/%Y-%m.jsonl", time.gmtime())

    def prepare_adds(self):
        count, base = [0], self.folder + "/log.db"
        done = cost([LOGGIST, "new", "--yes", "benchmark of the side by side"], self.env)
        incident = done.output.split()[0].decode()

        def add():
            count[0] += 1
            return cost([LOGGIST, "add", incident, "note", "--yes", "number %d" % count[0]], self.env)

        def insert():
            return cost([sys.executable, "-c", INSERT, base, "number %d" % count[0]], self.env)

        cost([sys.executable, "-c", INSERT.replace("insert into log(line) values (?)", "create table log(id integer "
              "primary key, line text)").replace(', (sys.argv[2],)', ""), base], self.env)
        self.series.add("`loggist add`", add)
        self.series.add("SQLite in Python, one insert", insert)
        self.incident = incident

    def run(self):
        self.prepare()
        self.series.rounds(ROUNDS)
        if any(figures != self.figures[0] for figures in self.figures):
            raise SystemExit("the figures differ: %s" % self.figures)
        print("Medians of %d rounds.%s The figures agree: %s.\n" % (
            ROUNDS, "".join(" %s." % note.capitalize() for note in self.series.notes), json.dumps(self.figures[0])))
        base = "`loggist metrics`, all figures"
        table("figures", self.series, [base, "`loggist metrics --metric tts.1`", "DuckDB", "`jq empty`",
                                       "a bare simdjson pass", "`loggist report`"], base)
        table("opening", self.series, ["the first board", "lnav, its first screen", "`loggist list`",
                                       "a process: `loggist --version`"], "the first board")
        table("search for '%s'" % WORD, self.series, ["`loggist search`", "ripgrep"], "`loggist search`")
        table("one durable entry, a process each", self.series, ["`loggist add`", "SQLite in Python, one insert"],
              "`loggist add`")
        table("verify", self.series, ["`loggist verify`", "`sha256sum`"], "`loggist verify`")
        self.hits = following.first_hits(LOGGIST, self.env, WORD, b"needle", ROUNDS)
        self.tails = following.latencies(LOGGIST, self.env, self.incident, self.newest())
        print("| an entry that another process appends, in ms | n | p50 | max |\n| --- | ---: | ---: | ---: |")
        for name, taken in self.tails.items():
            print("| %s | %d | %.2f | %.2f |" % (name, len(taken), statistics.median(taken), max(taken)))
        print(flush=True)

    def targets(self, smaller):
        """What is wanted, and whether it is so."""
        of, base = self.series.seconds, "`loggist metrics`, all figures"
        rows = [
            ("`metrics --metric tts.1` beside DuckDB's whole process, the same figures", "≤ 0.4 ×",
             of("`loggist metrics --metric tts.1`") / of("DuckDB"), 0.4),
            ("`metrics` beside jq's mere pass", "≤ 0.05 ×", of(base) / of("`jq empty`"), 0.05),
            ("`metrics` beside a bare simdjson pass", "≤ 3 ×", of(base) / of("a bare simdjson pass"), 3),
            ("peak memory of `metrics`, bytes an entry", "≤ 200",
             of(base, "memory") * 1e6 / self.entries, 200),
            ("the first board, ms", "≤ 50", of("the first board") * 1000, 50),
            ("search on the screen: first hits, ms", "≤ 50", statistics.median(self.hits), 50),
            ("search: all hits beside ripgrep", "≤ 1.5 ×", of("`loggist search`") / of("ripgrep"), 1.5),
            ("`verify`, seconds a GB", "≤ 1", of("`loggist verify`") / (self.bytes / 1e9), 1),
        ]
        if smaller:
            rows.append(("`metrics`, entries × %.0f" % (self.entries / smaller.entries), "≤ 11 × in 10 ×",
                         of(base) / smaller.series.seconds(base), 1.1 * self.entries / smaller.entries))
        print("| what is wanted | wanted | measured | |\n| --- | ---: | ---: | --- |")
        for name, wanted, measured, limit in rows:
            held = "not measured" if measured != measured else "held" if measured <= limit else "**not held**"
            print("| %s | %s | %s | %s |" % (name, wanted, number(measured, 1, 2), held))
        print(flush=True)


def main():
    smaller = None
    for entries in map(int, sys.argv[2:] or ["10000"]):
        folder = tempfile.mkdtemp(prefix="loggist-beside-")
        try:
            bench = Bench(folder, entries)
            bench.run()
            bench.targets(smaller if smaller and entries >= 10 * smaller.entries else None)
            smaller = bench
        finally:
            shutil.rmtree(folder, ignore_errors=True)


main()
