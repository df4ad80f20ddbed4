"""Many processes at one log: nothing lost, nothing doubled, nobody waits for ever."""

import json
import os
import random
import signal
import subprocess
import threading
import time
import unittest

from .desk import LOGGIST, Desk


class ManyWriters(Desk):
    WRITERS, EACH = 8, 1000

    def test_eight_processes_and_two_screens(self):
        self.make_store()
        self.loggist("new", "everything is slow")
        screens = [self.screen(columns=100), self.screen(columns=100)]
        for screen in screens:
            screen.wait("INC-1")
            screen.press("Enter")
            screen.wait("everything is slow")
        writers = []
        for writer in range(self.WRITERS):
            # One process that adds its entries one by one, each acknowledged before the next is read.
            lines = "".join(
                '{"kind":"note","incident":"INC-1","text":"writer %d entry %d"}\n' % (writer, n)
                for n in range(self.EACH))
            process = subprocess.Popen(
                [LOGGIST, "add", "--json", "--each"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.env)
            answer = {}
            thread = threading.Thread(
                target=lambda p=process, t=lines, a=answer: a.update(
                    zip(("out", "err"), p.communicate(t))))
            thread.start()
            writers.append((process, thread, answer))
        for process, thread, answer in writers:
            thread.join(timeout=300)
            self.assertEqual(process.returncode, 0, answer.get("err"))
            self.assertEqual(len(answer["out"].split()), self.EACH)
        lines = self.lines()
        self.assertEqual([line["seq"] for line in lines], list(range(1, len(lines) + 1)))
        notes = [line["entry"]["text"] for line in lines if line["entry"]["kind"] == "note"]
        self.assertEqual(len(notes), self.WRITERS * self.EACH)
        self.assertEqual(len(set(notes)), len(notes))
        self.loggist("verify")
        last = notes[-1]
        for screen in screens:
            screen.press("G")
            screen.wait(last, seconds=60)


class KilledWriters(Desk):
    def test_what_was_acknowledged_survives_two_hundred_kills(self):
        self.make_store()
        self.loggist("new", "killed again and again")
        randomness = random.Random(5)
        acknowledged = []
        for round_number in range(200):
            process = subprocess.Popen(
                [LOGGIST, "add", "--json", "--each"], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True, env=self.env)
            feeder = threading.Thread(target=feed, args=(process, round_number))
            feeder.start()
            # Killed after it has acknowledged a random number of entries, in the middle of the next.
            wanted = randomness.randrange(0, 12)
            for _ in range(wanted):
                ref = process.stdout.readline().strip()
                if ref:
                    acknowledged.append(ref)
            os.kill(process.pid, signal.SIGKILL)
            rest = process.stdout.read().split("\n")
            acknowledged += [ref for ref in rest[:-1] if ref]
            process.wait()
            feeder.join()
            process.stdout.close()
        self.loggist("add", "INC-1", "note", "and the next writer carries on")
        present = {}
        for path in self.store.glob("nodes/INC/*.jsonl"):
            for line in path.read_bytes().split(b"\n"):
                if line.startswith(b'{"v":1,') and line.endswith(b"}}"):
                    head = json.loads(line)
                    present["%s.%d" % (head["node"], head["seq"])] = head
        self.assertGreater(len(acknowledged), 200)
        self.assertEqual([ref for ref in acknowledged if ref not in present], [])
        sequence = sorted(head["seq"] for head in present.values())
        self.assertEqual(sequence, list(range(1, len(sequence) + 1)))
        # A piece of a line that a kill left behind is a finding, and the only kind there may be.
        report = subprocess.run([LOGGIST, "verify"], capture_output=True, text=True, env=self.env)
        self.assertIn(report.returncode, (0, 1), report.stdout + report.stderr)
        self.assertNotIn("altered", report.stdout)
        self.assertNotIn("missing", report.stdout)


class Storm(Desk):
    """LOGGIST_KILLS says how many (24 in `make test`), LOGGIST_KILL_SEED where chance begins."""

    KILLS = int(os.environ.get("LOGGIST_KILLS", "24"))
    SEED = int(os.environ.get("LOGGIST_KILL_SEED", "1"))
    LINES = 300  # fit into a pipe, so that nobody has to feed them

    def storm(self, writers):
        self.make_store()
        self.loggist("new", "killed again and again")
        promised, tally, lock = {}, {"kills": 0, "ended": 0}, threading.Lock()

        def work(slot):
            chance = random.Random(self.SEED * 100 + slot)
            for kill in range(self.KILLS // writers):
                texts = [f"{slot}.{kill}.{number}" for number in range(self.LINES)]
                source, feeder = os.pipe()
                lines = "".join('{"kind":"note","incident":"INC-1","text":"%s"}\n' % text for text in texts)
                os.write(feeder, lines.encode())
                os.close(feeder)
                process = subprocess.Popen(
                    [LOGGIST, "add", "--json", "--each"], stdin=source, stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL, env=self.env)
                os.close(source)
                # Most die among their appends, some while they start.
                first = process.stdout.readline() if chance.randrange(8) else b""
                time.sleep(chance.uniform(0, 0.01))
                process.kill()
                was_killed = process.wait() == -signal.SIGKILL
                refs = [ref.decode() for ref in (first + process.stdout.read()).split(b"\n")[:-1]]
                process.stdout.close()
                with lock:
                    tally["kills" if was_killed else "ended"] += 1
                    if tally["kills"] % 500 == 0 and was_killed:
                        print(f"{writers} writers: {tally['kills']} kills, {len(promised)} acknowledged", flush=True)
                    for ref, text in zip(refs, texts):
                        self.assertNotIn(ref, promised)
                        promised[ref] = text

        threads = [threading.Thread(target=work, args=(slot,)) for slot in range(writers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.loggist("add", "INC-1", "note", "and the next writer carries on")
        present, texts, torn = {}, [], 0
        for path in self.store.glob("nodes/INC/*.jsonl"):
            for line in path.read_bytes().split(b"\n")[:-1]:
                try:
                    entry = json.loads(line)
                except ValueError:
                    torn += 1
                    continue
                present["%s.%d" % (entry["node"], entry["seq"])] = entry["entry"].get("text")
                texts.append(entry["entry"].get("text"))
        print(f"{writers} writers, seed {self.SEED}: {tally['kills']} kills ({tally['ended']} had ended), "
              f"{len(promised)} entries acknowledged, {len(texts)} in the log, {torn} torn pieces")
        self.assertGreater(len(promised), self.KILLS // 4)
        self.assertEqual({ref: text for ref, text in promised.items() if present.get(ref) != text}, {})
        notes = [text for text in texts if text and text.count(".") == 2]
        self.assertEqual(len(notes), len(set(notes)), "none is there twice")
        self.assertEqual(len(present), max(int(ref.split(".")[1]) for ref in present))
        report = subprocess.run([LOGGIST, "verify"], capture_output=True, text=True, env=self.env)
        for word in ("altered", "missing", "two lines"):
            self.assertNotIn(word, report.stdout)
        if not torn:
            self.assertEqual(report.returncode, 0, report.stdout)

    def test_one_writer(self):
        self.storm(1)

    def test_eight_writers(self):
        self.storm(8)


def feed(process, round_number):
    try:
        for number in range(10_000):
            process.stdin.write(
                '{"kind":"note","incident":"INC-1","text":"round %d entry %d"}\n'
                % (round_number, number))
            process.stdin.flush()
    except (BrokenPipeError, OSError):
        pass
    finally:
        try:
            process.stdin.close()
        except (BrokenPipeError, OSError):
            pass


if __name__ == "__main__":
    unittest.main()
