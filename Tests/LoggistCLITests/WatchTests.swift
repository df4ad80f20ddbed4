import Glibc
import Testing

@Suite("Watching")
struct WatchTests {
  @Test(
    "Each entry is printed as it is logged; with --json byte for byte", arguments: [true, false])
  func follow(isJSON: Bool) throws {
    let desk = try Rehearsal()
    try desk.pharmacy()
    let path = desk.folder + "/watched"
    let watch = [Program.path, "watch", "--store", desk.store, "--now", "2022-01-05T21:30+01:00"]
    let command = (watch + (isJSON ? ["--json"] : [])).joined(separator: " ")
    // The shell prints the watcher's number and leaves; the watcher goes on.
    let started = try Program.run("/bin/sh", ["-c", "\(command) >\(path) 2>&1 & echo $!"])
    let number = try #require(pid_t(started.output.split(separator: "\n").first ?? ""))
    defer { kill(number, SIGTERM) }
    usleep(500_000)
    try desk.ok("add", "INC-1", "note", "one more", at: "21:30:00")
    let last = try #require(try desk.log.split(separator: "\n").last)
    let expected = isJSON ? "\(last)\n" : "INC.6  INC-1  21:30  note  ama: one more\n"
    for _ in 0..<100 where try Program.read(path) != expected { usleep(50_000) }
    #expect(try Program.read(path) == expected)
  }
}
