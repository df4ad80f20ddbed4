"""Machines for the packages: a bookworm made by debootstrap, copied for each test and gone afterwards.

Run inside a mount namespace of its own (`unshare --mount`), so that nothing stays mounted whatever happens.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BASES = ROOT / ".build" / "chroot"
MIRROR = os.environ.get("LOGGIST_MIRROR", "http://deb.debian.org/debian")


def run(*command, check=True, **options):
    done = subprocess.run([*map(str, command)], stdin=subprocess.DEVNULL, capture_output=True, text=True, **options)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done


def base(suite):
    """The bare system, made once."""
    folder = BASES / suite
    if not (folder / "made").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        run("debootstrap", "--variant=minbase", suite, folder, MIRROR)
        # Archives are kept: the next test does not fetch them anew.
        (folder / "etc/apt/apt.conf.d/99keep").write_text(
            'APT::Install-Recommends "false";\nBinary::apt::APT::Keep-Downloaded-Packages "true";\n')
        (folder / "made").touch()
    return folder


class Machine:
    """A copy of a bare system with /proc, /dev/pts and this machine's way to the network."""

    def __init__(self, suite="bookworm"):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="loggist-machine-", dir="/var/tmp"))
        self.suite = suite
        run("cp", "-a", f"{base(suite)}/.", self.folder)
        run("mount", "-t", "proc", "proc", self.folder / "proc")
        # The terminal that a test opens is this machine's.
        run("mount", "--bind", "/dev/pts", self.folder / "dev/pts")
        shutil.copy("/etc/resolv.conf", self.folder / "etc/resolv.conf")
        # As an installed Debian has it.
        (self.folder / "etc/default/locale").write_text("LANG=C.UTF-8\n")
        # No service is started in a chroot.
        (self.folder / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
        (self.folder / "usr/sbin/policy-rc.d").chmod(0o755)

    def close(self):
        for place in ("dev/pts", "proc"):
            run("umount", "-l", self.folder / place, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def command(self, *words, user=None):
        """What to run here to run that there, in a login shell where a user is named."""
        chroot = ["chroot", str(self.folder), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root",
                  "LANG=C.UTF-8", "TERM=xterm", "DEBIAN_FRONTEND=noninteractive"]
        if user is None:
            return [*chroot, *map(str, words)]
        line = " ".join("'" + str(word).replace("'", "'\\''") + "'" for word in words)
        # With -c alone it would have no terminal of its own to take over.
        return [*chroot, "su", "-", user, "--session-command", line]

    def __call__(self, *words, user=None, check=True):
        return run(*self.command(*words, user=user), check=check)

    def install(self, *packages):
        (self.folder / "var/lib/apt/lists/partial").mkdir(parents=True, exist_ok=True)
        if not list((self.folder / "var/lib/apt/lists").glob("*Packages*")):
            self("apt-get", "update")
        done = self("apt-get", "install", "-y", *packages)
        # For the next machine.
        archives, kept = self.folder / "var/cache/apt/archives", base(self.suite) / "var/cache/apt/archives"
        for archive in archives.glob("*.deb"):
            if not (kept / archive.name).exists():
                shutil.copy(archive, kept / archive.name)
        lists = base(self.suite) / "var/lib/apt/lists"
        if not list(lists.glob("*Packages*")):
            run("cp", "-a", f"{self.folder}/var/lib/apt/lists/.", lists)
        return done

    def put(self, path, place):
        target = self.folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
        return "/" + place
