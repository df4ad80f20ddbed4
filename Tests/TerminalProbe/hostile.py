# Hostile surroundings for the probe: `python3 hostile.py PATH-OF-TERMINALPROBE`.
import fcntl, os, pty, random, select, signal, struct, sys, termios, time

def start(term="xterm-256color"):
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update(TERM=term, LANG="C.UTF-8")
        os.execv(sys.argv[1], [sys.argv[1], "/tmp/h-hostile.log"])
    size(master, 24, 80)
    return pid, master

def size(master, rows, columns):
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

def drain(master, seconds):
    data, end = b"", time.time() + seconds
    while time.time() < end:
        if select.select([master], [], [], 0.02)[0]:
            try: data += os.read(master, 65536)
            except OSError: break
    return data

def until(master, text, seconds=5):
    data, end = b"", time.time() + seconds
    while text not in data and time.time() < end: data += drain(master, 0.05)
    return text in data

def ended(pid, seconds=5):
    end = time.time() + seconds
    while time.time() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done: return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(pid, 9); os.waitpid(pid, 0)
    return "HANGS"

pid, master = start(); until(master, b"ready")
os.write(master, b"f"); time.sleep(1); os.kill(pid, signal.SIGTERM)
print("stops reading, SIGTERM:", ended(pid))
flags = termios.tcgetattr(master)[3]
print("  echo and canonical again:", bool(flags & termios.ECHO), bool(flags & termios.ICANON)); os.close(master)

pid, master = start(); until(master, b"ready"); os.close(master); print("hang-up:", ended(pid))
pid, master = start(); until(master, b"ready"); os.write(master, b"f"); time.sleep(.3); os.close(master)
print("hang-up in a flood:", ended(pid))

generator = random.Random(4)
pid, master = start(); until(master, b"ready")
for _ in range(1500):
    size(master, generator.choice([1, 2, 3, 5, 24, 60, 300]), generator.choice([1, 2, 3, 7, 80, 200, 500]))
    data = bytes(b for b in generator.randbytes(generator.randint(0, 20)) if b not in b"qcvofeE\x1a")
    os.write(master, data + generator.choice([b"", b"\x1b[200~" + generator.randbytes(50).replace(b"\x1b", b"") + b"\x1b[201~"]))
    drain(master, 0.002)
size(master, 24, 80); drain(master, .5); os.write(master, b"\x1b[201~\x07\x1b\\"); drain(master, .3); os.write(master, b"xxx"); drain(master, .2); os.write(master, b"q")
out = drain(master, .3)
print("fuzz and resizes:", ended(pid)); print("  left the screen:", b"\x1b[?1049l" in out and b"\x1b[?2004l" in out)

pid, master = start(); until(master, b"ready")
paste = b"\x1b[200~" + b"line of text\r" * 100000 + b"\x1b[201~"
begin = time.time()
while paste:
    paste = paste[os.write(master, paste[:4096]):]; drain(master, 0)
print("paste of 1.3 MB:", until(master, b"paste of 1300000"), round(time.time() - begin, 2), "s")
times = []
for number in range(300):
    begin = time.perf_counter(); os.write(master, b"xyz"[number % 3:number % 3 + 1]); os.read(master, 65536); times.append(time.perf_counter() - begin); drain(master, .003)
times.sort(); print("key to paint ms p50 p99:", round(times[150] * 1e3, 2), round(times[297] * 1e3, 2))
ticks = lambda: sum(map(int, open(f"/proc/{pid}/stat").read().split()[13:15]))
before = ticks(); time.sleep(2); print("idle ticks in 2 s:", ticks() - before)
os.write(master, b"q"); drain(master, .3); print("quit:", ended(pid))
