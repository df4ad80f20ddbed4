"""The packages as somebody gets them: installed on a bare machine, used, upgraded, removed. `make deb-test` runs this."""

import hashlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import tarfile
import tempfile
import time
import unittest

from Tests.EndToEnd.desk import Screen, environment
from Tests.EndToEnd.test_roads import recipe
from Tests.Package.chroot import ROOT, Machine, run

BUILT = pathlib.Path(os.environ.get("LOGGIST_BUILT", ROOT / ".build/release"))


def make(folder, **variables):
    """The packages, and a version's name in each file's."""
    run(ROOT / ".ci/package/make", folder, cwd=ROOT, env={**os.environ, "LOGGIST_BUILT": str(BUILT), **variables})
    return pathlib.Path(folder)


def only(folder, pattern):
    (found,) = folder.glob(pattern)
    return found


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="loggist-packages-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.first = make(cls.folder / "first")
        cls.deb = only(cls.first, "loggist_*.deb")
        cls.sync = next(iter(cls.first.glob("loggist-sync_*.deb")), None)

    def machine(self, suite="bookworm"):
        machine = Machine(suite)
        self.addCleanup(machine.close)
        return machine

    def installed(self, *more):
        machine = self.machine()
        machine.install(*more, machine.put(self.deb, "loggist.deb"))
        return machine

    def account(self, machine, name, *groups):
        machine("useradd", "--create-home", "--shell", "/bin/bash", *(["--groups", ",".join(groups)] if groups else []), name)

    def screen(self, machine, *words, user):
        screen = Screen(machine.command(*words, user=user), 100, 30, environment(), "/")
        self.addCleanup(screen.close)
        return screen

    # What is in them.

    def test_two_makes_give_the_same_bytes(self):
        # A second look at the clock, another folder, another umask.
        time.sleep(1)
        before = os.umask(0o077)
        self.addCleanup(os.umask, before)
        # And, where there is one, a file system on which folders have another size.
        memory = {"TMPDIR": "/dev/shm"} if os.access("/dev/shm", os.W_OK) else {}
        again = make(self.folder / "somewhere" / "else", **memory)
        sums = [{path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
                for folder in (self.first, again)]
        self.assertEqual(*sums)
        self.assertGreaterEqual(len(sums[0]), 3)

    def test_the_size_is_what_dpkg_counts(self):
        for deb in self.first.glob("*.deb"):
            packed = subprocess.run(["dpkg-deb", "--fsys-tarfile", deb], capture_output=True, check=True).stdout
            with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
                size = sum(-(-member.size // 1024) if member.isfile() else 1 for member in tar)
            self.assertEqual(run("dpkg-deb", "--field", deb, "Installed-Size").stdout, f"{size}\n")

    @unittest.skipUnless(shutil.which("lintian"), "lintian is not installed")
    def test_lintian_finds_no_error(self):
        for deb in self.first.glob("*.deb"):
            done = run("lintian", "--allow-root", "--fail-on", "error", deb, check=False)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_the_program_needs_what_the_package_says_and_no_swift(self):
        depends = run("dpkg-deb", "--field", self.deb, "Depends").stdout
        for package in ("libc6", "libsimdjson14", "libcsv3", "libssl3", "libncursesw6", "adduser"):
            self.assertIn(package, depends)
        self.assertNotIn("swift", run("ldd", BUILT / "loggist").stdout.lower())

    # On a bare machine.

    def test_a_new_user_finds_the_board_the_manual_and_the_tab_key(self):
        machine = self.installed("man-db", "bash-completion", "less", "groff-base")
        self.assertEqual(machine("dpkg", "--verify", "loggist").stdout, "")
        self.account(machine, "ama")
        at = self.screen(machine, "loggist", user="ama")
        at.wait("Desk")
        for field in ("Desk", "Zone", "Name"):
            at.wait(lambda text: re.search(rf"▌ ?{field}", text))
            at.press("Enter")
        at.wait("Nothing is open")
        at.press("n")
        at.type("Cannot enter new drugs")
        at.press("Enter")
        at.wait("INC-1")
        at.press("C-q")
        at.wait_for_end()
        machine("loggist", "postmortem", "INC-1", "-o", "page.html", user="ama")
        page = (machine.folder / "home/ama/page.html").read_text()
        self.assertIn("Cannot enter new drugs", page)
        self.assertIn("every digest and every link holds", machine("loggist", "verify", user="ama").stdout)
        manual = machine("sh", "-c", "man -P cat loggist | col -bx 2>/dev/null || man -P cat loggist", user="ama").stdout
        self.assertIn("PACKS", manual)
        shell = self.screen(machine, "bash", "-i", user="ama")
        shell.type("PS1='ready> '")
        shell.press("Enter")
        shell.wait(lambda text: re.search(r"^ready>\s*$", text, re.M))
        # Login shells of Debian read it; this one is told.
        shell.type(". /usr/share/bash-completion/bash_completion")
        shell.press("Enter")
        shell.type("loggist postm")
        shell.press("Tab")
        shell.wait("ready> loggist postmortem")
        shell.type("--format h")
        shell.press("Tab")
        shell.wait("loggist postmortem --format html")
        for place in ("usr/share/zsh/vendor-completions/_loggist", "usr/share/fish/vendor_completions.d/loggist.fish"):
            self.assertIn("root_cause", (machine.folder / place).read_text())

    def test_accounts_share_the_machines_store(self):
        machine = self.installed()
        folder = machine.folder / "var/lib/loggist"
        group = int(machine("getent", "group", "loggist").stdout.split(":")[2])
        self.assertEqual((folder.stat().st_mode & 0o7777, folder.stat().st_uid, folder.stat().st_gid), (0o2770, 0, group))
        machine("loggist", "init", "--shared", "--store", "/var/lib/loggist", "--node", "DESK1", "--zone", "Africa/Lagos")
        for name in ("ama", "ben"):
            self.account(machine, name, "loggist")
        self.account(machine, "eve")
        # A login shell finds the store by itself.
        machine("loggist", "new", "printer is down", user="ama")
        machine("sh", "-c", "umask 077; loggist add DESK1-1 note from-ben; echo x > x; loggist evidence add DESK1-1 x", user="ben")
        machine("loggist", "add", "DESK1-1", "note", "from ama", user="ama")
        for name in ("ama", "ben"):
            timeline = machine("loggist", "timeline", "DESK1-1", user=name).stdout
            self.assertIn("from-ben", timeline)
            self.assertIn("from ama", timeline)
        for path in [folder, *folder.rglob("*")]:
            status = path.lstat()
            self.assertEqual((status.st_gid, status.st_mode & 0o7777), (group, 0o2770 if path.is_dir() else 0o660), path)
        self.assertNotEqual(machine("loggist", "--store", "/var/lib/loggist", "list", user="eve", check=False).returncode, 0)

    def test_upgrade_keeps_what_was_changed_and_removal_keeps_the_record(self):
        machine = self.installed()
        machine("loggist", "init", "--shared", "--store", "/var/lib/loggist", "--node", "DESK1", "--zone", "UTC")
        machine("loggist", "--store", "/var/lib/loggist", "new", "printer is down")
        profile = machine.folder / "etc/profile.d/loggist.sh"
        profile.write_text(profile.read_text() + "# changed here\n")
        (machine.folder / "var/lib/loggist").chmod(0o2750)
        newer = only(make(self.folder / "newer", DEB_VERSION="99.0-1"), "loggist_*.deb")
        machine.install(machine.put(newer, "newer.deb"))
        self.assertIn("99.0-1", machine("dpkg-query", "-W", "loggist").stdout)
        self.assertIn("# changed here", profile.read_text())
        # What an administrator has set stays set.
        self.assertEqual((machine.folder / "var/lib/loggist").stat().st_mode & 0o7777, 0o2750)
        (machine.folder / "var/lib/loggist").chmod(0o2770)
        self.assertIn("printer is down", machine("loggist", "--store", "/var/lib/loggist", "list").stdout)
        record = {path: path.read_bytes() for path in (machine.folder / "var/lib/loggist").rglob("*") if path.is_file()}
        machine("apt-get", "remove", "-y", "loggist")
        self.assertFalse((machine.folder / "usr/bin/loggist").exists())
        self.assertTrue(profile.exists())
        purged = machine("apt-get", "purge", "-y", "loggist")
        self.assertIn("holds a store and is kept", purged.stdout + purged.stderr)
        self.assertFalse(profile.exists())
        self.assertEqual({path: path.read_bytes() for path in record}, record)
        machine.install("/loggist.deb")
        self.assertIn("every digest and every link holds", machine("loggist", "--store", "/var/lib/loggist", "verify").stdout)
        # Without a store nothing is left.
        shutil.rmtree(machine.folder / "var/lib/loggist")
        machine("apt-get", "install", "--reinstall", "-y", "/loggist.deb")
        machine("apt-get", "purge", "-y", "loggist")
        self.assertFalse((machine.folder / "var/lib/loggist").exists())

    def test_the_tarball_runs_where_none_of_its_libraries_is(self):
        for suite in ["bookworm", *os.environ.get("LOGGIST_SUITES", "").split()]:
            with self.subTest(suite):
                machine = self.machine(suite)
                tarball = machine.put(only(self.first, "*.tar.gz"), "loggist.tar.gz")
                self.assertNotIn("libsimdjson", machine("dpkg-query", "-W", "-f", "${Package} ").stdout)
                machine("tar", "-C", "/usr/local", "--strip-components=1", "-xzf", tarball)
                program = "/usr/local/bin/loggist"
                machine(program, "init", "--node", "INC", "--zone", "UTC")
                self.assertEqual(machine(program, "new", "printer is down").stdout, "INC-1\n")
                self.assertIn("printer is down", machine(program, "report", "--format", "html").stdout
                              + machine(program, "list").stdout)
                screen = Screen(machine.command(program), 80, 24, environment(), "/")
                self.addCleanup(screen.close)
                screen.wait("INC-1")

    def test_the_service_is_installed_hardened_and_not_started(self):
        machine = self.installed("systemd")
        machine.install(machine.put(self.sync, "loggist-sync.deb"))
        self.assertIn("loggist", machine("id", "-Gn", "loggist-sync").stdout.split())
        unit = "/lib/systemd/system/loggist-sync.service"
        self.assertEqual(machine("systemd-analyze", "verify", "--man=no", unit, check=False).stderr, "")
        # Another store, as docs/deployment.md says.
        moved = machine.folder / "etc/systemd/system/loggist-sync.service.d/override.conf"
        moved.parent.mkdir(parents=True)
        moved.write_text(recipe("another-store"))
        self.assertEqual(machine("systemd-analyze", "verify", "--man=no", unit, check=False).stderr, "")
        # The key is the service's, and whoever logs may read the certificate.
        for name in ("ca.pem", "DESK1.pem", "DESK1.key"):
            (machine.folder / "root" / name).write_text(name)
        machine("sh", "-euc", "cd; umask 022\n" + recipe("key").replace("sudo ", ""))
        self.account(machine, "ama", "loggist")
        for name, reader, may in (("DESK1.pem", "ama", True), ("DESK1.key", "ama", False), ("DESK1.key", "loggist-sync", True)):
            done = machine("setpriv", "--reuid", reader, "--regid", "loggist", "--init-groups", "cat", f"/etc/loggist/{name}",
                           check=False)
            self.assertEqual(done.returncode == 0, may, (name, reader, done.stderr))
        newer = make(self.folder / "newer-sync", DEB_VERSION="99.0-1")
        machine.install(machine.put(only(newer, "loggist_*.deb"), "a.deb"), machine.put(only(newer, "loggist-sync_*.deb"), "b.deb"))
        self.assertEqual(moved.read_text(), recipe("another-store"))
        machine("apt-get", "purge", "-y", "loggist-sync")


class Unit(unittest.TestCase):
    """The service's unit, whether or not there is a program for it yet."""

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze is not installed")
    def test_the_unit_is_understood_and_confined(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = pathlib.Path(folder) / "loggist-sync.service"
            text = (ROOT / ".ci/package/loggist-sync/loggist-sync.service").read_text()
            unit.write_text(text.replace("/usr/bin/loggist-sync", "/bin/true"))
            done = run("systemd-analyze", "verify", "--man=no", unit, check=False)
            self.assertEqual(done.stderr + done.stdout, "")
            done = run("systemd-analyze", "security", "--offline=yes", "--threshold=20", unit, check=False)
            exposure = re.search(r"Overall exposure level for \S+: ([0-9.]+)", done.stdout)
            self.assertIsNotNone(exposure, done.stdout + done.stderr)
            self.assertLessEqual(float(exposure[1]), 2.0, done.stdout)

    @staticmethod
    def settings(*texts):
        """What is set by files that are read one after the other: an empty value takes back what stood there before."""
        settings, section = {}, None
        for line in "\n".join(texts).splitlines():
            if line.startswith("["):
                section = line
            elif "=" in line and not line.startswith("#"):
                key, value = line.split("=", 1)
                if key == "Environment":
                    key, value = f"Environment {value.split('=')[0]}", value
                    settings.pop((section, key), None)
                settings.setdefault((section, key), []).append(value)
                if not value:
                    settings[section, key] = []
        return settings

    def test_another_store_is_named_in_every_place(self):
        text = (ROOT / ".ci/package/loggist-sync/loggist-sync.service").read_text()
        before, after = self.settings(text), self.settings(text, recipe("another-store"))
        expected = {key: [value.replace("/var/lib/loggist", "/srv/loggist") for value in values]
                    for key, values in before.items()}
        self.assertEqual(after, expected)
        self.assertEqual(sum("/srv/loggist" in value for values in after.values() for value in values), 3)

    def test_what_a_restart_does_not_mend_is_not_started_again(self):
        text = (ROOT / ".ci/package/loggist-sync/loggist-sync.service").read_text()
        settings = self.settings(text)
        self.assertEqual(settings["[Service]", "Restart"], ["on-failure"])
        self.assertEqual(settings["[Service]", "RestartPreventExitStatus"], ["64 65"])


if __name__ == "__main__":
    unittest.main()
