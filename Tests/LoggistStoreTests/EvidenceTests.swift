import Glibc
import LoggistModel
import LoggistStore
import Testing

@Suite("Evidence")
struct EvidenceTests {
  private let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

  /// A store with an entry that keeps a picture.
  private func sample() throws -> (SampleStore, EvidenceFolder.Kept, EntryRef) {
    let sample = try SampleStore()
    sample.folder.write("screen.png", picture)
    let kept = try EvidenceFolder(sample.store).keep(sample.folder.path + "/screen.png")
    return (sample, kept, try log(kept, in: sample))
  }

  private func log(_ kept: EvidenceFolder.Kept, in sample: SampleStore) throws -> EntryRef {
    let writer = try LogWriter(store: sample.store, by: "ama", clock: steppingClock())
    let entry = Entry(
      .evidence, IncidentID(node: inc, number: 1), at: Timestamp(evening, offsetMinutes: 60),
      fields: [(.path, .string("screen.png")), (.sha256, .string(kept.name.description))])
    return try #require(try writer.append(entry, via: .tui)).ref
  }

  @Test("A file is kept once, under the digest of its bytes, privately, and verifies")
  func keeps() throws {
    let (sample, kept, _) = try sample()
    #expect(kept.mediaType == "image/png")
    #expect(kept.size == picture.count)
    #expect(kept.name.description == SHA256.hex(picture))
    #expect(kept.name.path == "evidence/\(SHA256.hex(picture).prefix(2))/\(SHA256.hex(picture))")
    #expect(sample.folder.read("store/\(kept.name.path)") == picture)
    #expect(try SystemCalls.real.lstat(sample.path + "/" + kept.name.path).mode & 0o777 == 0o600)
    let again = try EvidenceFolder(sample.store).keep(sample.folder.path + "/screen.png")
    #expect(again.name == kept.name && kept.isNew && !again.isNew)
    #expect(try sample.verify().findings.isEmpty)
    #expect(Doctor.examine(sample.path).isEmpty)
  }

  @Test("A missing, an altered and a nameless file, a link in its place, and one that nobody names")
  func damage() throws {
    let (sample, kept, ref) = try sample()
    let file = "store/\(kept.name.path)"
    sample.folder.write(file, picture + [0])
    #expect(try sample.verify().findings.map(\.reason) == [.evidenceAltered(ref)])
    #expect(try sample.verify().findings.map(\.sort) == [.altered])
    unlink("\(sample.folder.path)/\(file)")
    #expect(try sample.verify().findings.map(\.reason) == [.evidenceMissing(ref)])
    #expect(try !sample.verify().isClean)
    symlink("\(sample.folder.path)/screen.png", "\(sample.folder.path)/\(file)")
    #expect(try sample.verify().findings.map(\.reason) == [.evidenceMissing(ref)])
    unlink("\(sample.folder.path)/\(file)")
    _ = try EvidenceFolder(sample.store).keep(sample.folder.path + "/screen.png")
    sample.folder.write("other", [7])
    _ = try EvidenceFolder(sample.store).keep(sample.folder.path + "/other")
    #expect(try sample.verify().findings.map(\.reason) == [.evidenceUnclaimed])
    #expect(try sample.verify().isClean)
  }

  @Test("What was taken in for nothing goes again, and not what an entry names")
  func drops() throws {
    let (sample, kept, _) = try sample()
    sample.folder.write("other", [7])
    let folder = EvidenceFolder(sample.store)
    let other = try folder.keep(sample.folder.path + "/other")
    for name in [kept.name, other.name] { try folder.drop(name) }
    #expect(folder.contains(kept.name) && !folder.contains(other.name))
  }

  @Test("Two redactions that are finished at once take away the file that both entries keep")
  func redactedTogether() throws {
    let (sample, kept, first) = try sample()
    let refs = [first, try log(kept, in: sample)]
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .hours(1)))
    for ref in refs {
      let entry = Entry(
        .redacted, at: Timestamp(evening),
        fields: [(.ref, .string("\(ref)")), (.reason, .string("a patient"))])
      _ = try writer.append(entry, via: .cli)
    }
    #expect(try Redaction.finish(sample.store) == refs)
    #expect(!EvidenceFolder(sample.store).contains(kept.name))
    #expect(try sample.verify().isClean)
  }

  @Test("A file that another entry's redaction took away before its own entry stood is kept again")
  func restored() throws {
    let (sample, kept, first) = try sample()
    let path = sample.folder.path + "/screen.png"
    let folder = EvidenceFolder(sample.store)
    // A second desk has the same picture, and logs its entry only after the first one's is redacted.
    #expect(try folder.keep(path).name == kept.name)
    let writer = try LogWriter(store: sample.store, by: "ama", clock: steppingClock())
    _ = try Redaction.redact(
      first, reason: "a patient", by: writer, via: .cli, at: Timestamp(evening))
    #expect(try folder.check(kept.name) == .missing)
    _ = try log(kept, in: sample)
    try folder.restore(kept, from: path)
    #expect(try folder.check(kept.name) == .whole)
    #expect(try sample.verify().isClean)
    // What has become another file is not taken for the one that the entry names.
    unlink("\(sample.path)/\(kept.name.path)")
    sample.folder.write("screen.png", [1, 2, 3])
    #expect(throws: StoreError.self) { try folder.restore(kept, from: path) }
  }

  @Test("An altered copy is mended when the file is kept again")
  func mends() throws {
    let (sample, kept, _) = try sample()
    sample.folder.write("store/\(kept.name.path)", [1])
    _ = try EvidenceFolder(sample.store).keep(sample.folder.path + "/screen.png")
    #expect(try sample.verify().findings.isEmpty)
  }

  @Test("What is too large, empty, a folder or a device is refused, and nothing is left behind")
  func refuses() throws {
    let (sample, _, _) = try sample()
    let folder = EvidenceFolder(sample.store)
    sample.folder.write("large", Array(repeating: 7, count: 11))
    sample.folder.write("empty", [])
    let before = try SystemCalls.real.names(sample.path + "/evidence")
    for (name, refusal) in [
      ("large", EvidenceRefusal.tooLarge(size: 11, limit: 10)), ("empty", .empty), ("", .notAFile),
    ] {
      do throws(StoreError) {
        _ = try folder.keep("\(sample.folder.path)/\(name)", limit: 10)
        Issue.record("\(name) was kept")
      } catch .notEvidence(_, let why) {
        #expect(why == refusal)
      }
    }
    #expect(throws: StoreError.self) { try folder.keep("/dev/zero") }
    #expect(try SystemCalls.real.names(sample.path + "/evidence") == before)
  }

  @Test(
    "Nothing but 64 digits of hex names a file",
    arguments: [
      "../../../etc/passwd", "", "ab", String(repeating: "g", count: 64),
      String(repeating: "A", count: 64), String(repeating: "a", count: 65),
    ])
  func names(_ text: String) {
    #expect(EvidenceName(text) == nil)
  }

  @Test("A redaction takes the file away, unless another entry keeps the same bytes")
  func redacts() throws {
    let (sample, kept, first) = try sample()
    let second = try log(kept, in: sample)
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .seconds(900)))
    for (ref, stays) in [(first, true), (second, false)] {
      _ = try Redaction.redact(
        ref, reason: "patient data", by: writer, via: .cli, at: Timestamp(evening))
      let condition = try EvidenceFolder(sample.store).check(kept.name)
      #expect(condition == (stays ? .whole : .missing))
    }
    let verification = try sample.verify()
    #expect(verification.isClean)
    #expect(verification.findings.map(\.sort) == [.redacted, .redacted])
  }

  @Test("A redaction that was cut off behind its entry takes the file away at the next start")
  func finishes() throws {
    let (sample, kept, ref) = try sample()
    let writer = try LogWriter(
      store: sample.store, by: "ama", clock: steppingClock(from: evening + .seconds(900)))
    let redacted = Entry(
      .redacted, at: Timestamp(evening),
      fields: [(.ref, .string(ref.description)), (.reason, .string("patient data"))])
    _ = try writer.append(redacted, via: .cli)
    #expect(try Redaction.finish(sample.store) == [ref])
    #expect(try EvidenceFolder(sample.store).check(kept.name) == .missing)
    #expect(try sample.verify().isClean)
  }

  @Test(
    "The media type is what the bytes look like",
    arguments: [
      ("%PDF-1.7", "application/pdf"), ("plain words: äöü 日本", "text/plain"),
      ("GIF89a", "image/gif"), ("\u{0}\u{1}", "application/octet-stream"),
    ])
  func mediaTypes(_ text: String, _ type: String) {
    #expect(MediaType.of(Array(text.utf8)) == type)
  }
}
