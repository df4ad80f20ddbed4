import LoggistModel
import Terminal

/// Any bytes from a terminal, at once and byte by byte: the same events, and none is left pending at the end.
let fuzzKeys: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  let bytes = input(bytes, count)
  var (whole, single) = (InputDecoder(), InputDecoder())
  var events = whole.feed(bytes)
  var others: [InputEvent] = []
  for byte in bytes { others += single.feed([byte]) }
  hold(whole.isPending == single.isPending, "pending however it comes")
  if whole.isPending { events += whole.timeout() }
  if single.isPending { others += single.timeout() }
  hold(!whole.isPending && !single.isPending, "the timeout ends what is pending")
  hold(events == others, "the same events however the bytes come")
  var burst = InputDecoder(detectsPasteBursts: true)
  _ = burst.feed(bytes)
  return 0
}

private let berlin = Zone(
  name: "Europe/Berlin",
  periods: [
    Zone.Period(start: Instant(milliseconds: .min), offsetMinutes: 60, abbreviation: "CET"),
    Zone.Period(start: Instant(seconds: 1_648_342_800), offsetMinutes: 120, abbreviation: "CEST"),
    Zone.Period(start: Instant(seconds: 1_667_091_600), offsetMinutes: 60, abbreviation: "CET"),
  ])

/// Just before the hour that comes twice.
private let context = EntryLineContext(
  now: Instant(seconds: 1_667_090_000), zone: berlin,
  services: ["pharmacy", Vocabulary.Name("badge", aliases: ["door", "card"])],
  places: ["Ward A"], people: ["ama": "Ama Owusu", "t.waller": "Terence Waller"],
  canned: ["wifi": "Asked the caller to forget the network."])

/// Any text as a line of each kind, and as a paste: a preview without a problem has a line that says the same.
let fuzzEntryLine: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32 = { bytes, count in
  let bytes = input(bytes, count)
  let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
  let kinds = Kind.allKnown
  let kind = kinds[Int(bytes.first ?? 0) % kinds.count]
  let read = EntryLine.read(text, as: kind, in: context)
  if read.problem == nil {
    let line = EntryLine.format(read, in: context)
    let again = EntryLine.read(line, as: kind, in: context)
    hold(recorded(again) == recorded(read), "a line and its inverse")
  }
  _ = read.spoken(in: context)
  _ = EntryLine.readLines(text, as: kind, in: context)
  _ = EntryLine.timelineSection(of: text)
  return 0
}

private func recorded(_ preview: EntryLinePreview) -> [String] {
  preview.entries(incident: nil).map(\.json.text)
}
