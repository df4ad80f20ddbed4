import Glibc
import LoggistModel
import LoggistStore

/// Takes redacted entries out of the engine's copy: looks through the names of a log's messages for theirs, and has each
/// written over.
final class Eraser {
  private let probe: EngineProbe
  private let ticks = SystemCalls.real.ticks

  init(_ store: Store, _ settings: Configuration.Sync) throws(Failure) {
    probe = try EngineProbe(store, settings)
  }

  /// - Returns: when the engine made the copy that is looked through, in one stream or two: no other copy has that name.
  func connect() throws(Failure) -> String {
    if let first = probe.connect(within: 5000).first { throw Failure(first.sentence, .unavailable) }
    do throws(EngineAPI.Failure) {
      var moments: [String] = []
      for plan in probe.plans {
        moments.append(printable(try probe.api.stream(plan)["created"]?.string ?? ""))
      }
      return moments.joined(separator: " ")
    } catch {
      throw Failure(probe.problem(error).sentence, .unavailable)
    }
  }

  /// - Returns: how many messages were taken out; an entry that the engine does not have counts as done.
  func erase(_ refs: [EntryRef]) throws(Failure) -> Int {
    var count = 0
    do throws(EngineAPI.Failure) {
      for (node, refs) in Dictionary(grouping: refs, by: \.node).sorted(by: { $0.key < $1.key }) {
        let names = Set(refs.map { "\($0)." })
        for stream in probe.plans.map(\.name) {
          for place in try probe.places(of: names, in: node, of: stream) {
            try probe.api.erase(place, in: stream)
            count += 1
          }
        }
      }
    } catch {
      throw Failure(probe.problem(error).sentence, .unavailable)
    }
    return count
  }
}

extension EngineProbe {
  /// Where in a stream the messages of a log lie whose names begin so: `INC.5.`.
  fileprivate func places(
    of names: Set<String>, in node: NodeCode, of stream: String
  ) throws(EngineAPI.Failure) -> [Int] {
    let scan = "\(name)-erase"
    api.endConsumer(scan, in: stream)
    let info = try api.makeScan(scan, of: node, in: stream)
    defer { api.endConsumer(scan, in: stream) }
    var left = info["num_pending"]?.integer ?? 0
    var places: [Int] = []
    while left > 0 {
      let messages = pull(scan, of: stream, batch: 1000)
      guard let last = messages.last else { throw .noAnswer(subject: subjects.log(node)) }
      for message in messages {
        guard let id = message.id, let end = id.lastIndex(of: ".") else { continue }
        if names.contains(String(id[...end])),
          let place = NATSCourier.place(inStream: message.reply)
        {
          places.append(place)
        }
      }
      left = NATSCourier.pending(in: last.reply) ?? 0
    }
    return places
  }
}
