import ArgumentParser
import LoggistModel
import LoggistStore

/// What is carried, what is open, and what is wrong.
struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show the other machines, how far each log is carried, and what is wrong.",
    discussion: "Exit status 1 where something is wrong.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "text or json.")
  var format = Format.text

  @Flag(help: "The same as --format json.")
  var json = false

  @OptionGroup var options: StoreOptions

  func run() throws {
    let (store, settings) = try open(options, access: .readOnly)
    let report = try StatusReport(store, settings)
    if json || format == .json {
      EntryPoint.print(report.json.text)
    } else {
      EntryPoint.print(report.text)
    }
    if !report.problems.isEmpty { throw ExitStatus.failed }
  }
}

/// What the process that carries the logs left word of, and what the servers say now.
struct StatusReport {
  private let report: SyncReport
  private let isRunning: Bool
  let problems: [SyncReport.Problem]
  private let now = systemClock()

  init(_ store: Store, _ settings: Configuration.Sync) throws {
    let name = try store.participant()
    var report = SyncReport.load(store) ?? SyncReport(node: name, at: systemClock())
    isRunning = report.isRunning
    if !isRunning { report.isConnected = false }
    // What is on the disk is known without anybody: whoever carries it may stand still.
    var found: [SyncReport.Problem] = []
    for node in store.nodes where node.uuid != nil {
      do throws(StoreError) {
        report.logs[node.code] = try ReplicaLog(node, in: store).position
      } catch {
        found.append(SyncProblem.leftOut(node.code, words: error.sentence).problem)
      }
    }
    found += Certificate.problems(settings, folder: store.path, now: systemClock())
      .map { SyncProblem.certificate($0).problem }
    found += StatusReport.visit(store, settings, &report)
    // What only the other process can know stands behind what is known now. What one that has ended said of the servers
    // was true of its connection.
    let now = found
    let known = Set(now.map(\.code)).subtracting(["left_out"])
      .union(["unreachable", "no_engine", "stream_missing"])
    found += report.problems.filter { [isRunning] problem in
      !known.contains(problem.code) && !now.contains(problem)
        && (isRunning || SyncProblem.codesOfTheStore.contains(problem.code))
    }
    problems = found
    self.report = report
  }

  private static func visit(
    _ store: Store, _ settings: Configuration.Sync, _ report: inout SyncReport
  ) -> [SyncReport.Problem] {
    do throws(Failure) {
      let probe = try EngineProbe(store, settings)
      let fatal = probe.connect(within: 3000)
      if !fatal.isEmpty {
        if !probe.survey.all.isEmpty { report.servers = probe.survey.all }
        return fatal.map(\.problem)
      }
      probe.look()
      report.servers = probe.survey.all
      report.stream = probe.stream
      return probe.problems.map(\.problem)
    } catch {
      return [SyncReport.Problem(code: "unreachable", sentence: error.sentence)]
    }
  }

  var json: JSONValue {
    var members = report.json.members ?? []
    members.removeAll { $0.name == "problems" }
    members.append(JSONMember("running", .bool(isRunning)))
    members.append(
      JSONMember(
        "problems",
        .array(
          problems.map {
            .object([
              JSONMember("code", .string($0.code)), JSONMember("says", .string($0.sentence)),
            ])
          })))
    return .object(members)
  }

  var text: String {
    var lines: [String] = []
    let state =
      !isRunning
      ? "loggist-sync does not run" : report.isConnected ? "connected" : "not connected"
    lines.append("\(report.node): \(state)")
    for server in report.servers {
      lines.append("  server \(server.name)  nats-server \(server.version), \(server.policy.words)")
    }
    if let stream = report.stream {
      lines.append(
        "  stream \(stream.name)  \(stream.replicas) \(stream.replicas == 1 ? "copy" : "copies")")
    }
    lines.append("")
    lines.append("log       here      sent      held by")
    for (node, position) in report.logs.sorted(by: { $0.key < $1.key }) {
      let sent = report.sent[node].map { "\(max(0, $0))" } ?? "-"
      let lag = report.lag(of: node)
      let holders = report.holders(of: node)
      lines.append(
        padded("\(node)", 10) + padded("\(position.sequence)", 10) + padded(sent, 10)
          + "\(holders) \(holders == 1 ? "other" : "others")"
          + (lag > 0 ? "; \(lag) to come" : ""))
    }
    lines.append("")
    if report.missingEvidence > 0 {
      let count = report.missingEvidence
      lines.append("evidence  \(count) \(count == 1 ? "file is" : "files are") not here yet")
      lines.append("")
    }
    if report.peers.isEmpty { lines.append("No other machine was heard of.") }
    for peer in report.peers {
      let behind = report.logs.filter { node, position in
        peer.logs[node]?.sequence ?? 0 < position.sequence
      }
      let lag = behind.sorted { $0.key < $1.key }.map { node, position in
        "\(position.sequence - (peer.logs[node]?.sequence ?? 0)) of \(node)"
      }
      lines.append(
        "\(padded("\(peer.node)", 10))heard \(Timestamp.utcText(peer.heard))"
          + (lag.isEmpty ? ", has everything" : ", lacks \(lag.joined(separator: ", "))"))
    }
    for hole in report.holes {
      lines.append("hole      \(hole.node).\(hole.from) to \(hole.node).\(hole.through)")
    }
    for problem in problems { lines.append("! \(problem.sentence)") }
    return lines.joined(separator: "\n")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.utf8.count))
  }
}
