"""Brings nats-server from Debian's packages into .build, without touching the rest of the system.

Debian 12's own version is too old to be used; those of trixie and sid are static programs that run on it. apt is asked
with sources, lists and a cache of our own, and what it brings is unpacked and not installed.
"""

import os
import subprocess

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDER = os.path.join(REPOSITORY, ".build", "nats")
SUITES = {"bookworm": "deb http://deb.debian.org/debian bookworm main",
          "trixie": "deb http://deb.debian.org/debian trixie main",
          "sid": "deb http://deb.debian.org/debian sid main"}


class Unavailable(Exception):
    """Why there is no server, in a sentence."""


def nats_server(suite=None):
    """The path of a nats-server of that suite: LOGGIST_NATS names one or is itself a path; else sid's."""
    suite = suite or os.environ.get("LOGGIST_NATS", "sid")
    if "/" in suite:
        return suite
    path = os.path.join(FOLDER, suite, "usr", "sbin", "nats-server")
    if not os.path.exists(path):
        fetch(suite)
    return path


def fetch(suite):
    folder = os.path.join(FOLDER, suite)
    for name in ("lists/partial", "cache/archives/partial", "deb"):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    sources = os.path.join(folder, "sources.list")
    with open(sources, "w") as file:
        file.write(SUITES[suite] + "\n")
    options = ["-q", "-o", "Dir::Etc::sourcelist=" + sources, "-o", "Dir::Etc::sourceparts=/dev/null",
               "-o", "Dir::State::lists=" + os.path.join(folder, "lists"),
               "-o", "Dir::Cache=" + os.path.join(folder, "cache"), "-o", "APT::Sandbox::User="]
    deb = os.path.join(folder, "deb")
    try:
        for words in (["update"], ["download", "nats-server"]):
            run(["apt-get"] + options + words, deb)
        packages = [name for name in os.listdir(deb) if name.endswith(".deb")]
        run(["dpkg", "-x", os.path.join(deb, packages[0]), folder], deb)
    except (OSError, subprocess.CalledProcessError, IndexError) as error:
        said = getattr(error, "stdout", None) or str(error)
        raise Unavailable(
            "nats-server of Debian %s could not be brought into %s: %s. Put one there, or set LOGGIST_NATS to its path."
            % (suite, folder, said.strip().splitlines()[-1] if said.strip() else error)) from error


def run(words, folder):
    subprocess.run(words, cwd=folder, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                   stderr=subprocess.STDOUT, text=True)
