import CFuzzer

/// `loggist-fuzz <target> [libFuzzer's options] [folders of seeds]`: the first word chooses what is fuzzed.
let targets: [String: loggist_fuzz_target] = [
  "lines": fuzzLines, "keys": fuzzKeys, "entry-line": fuzzEntryLine, "table": fuzzTable,
  "status-page": fuzzStatusPage, "log-file": fuzzLogFile, "timeline": fuzzTimeline,
  "configuration": fuzzConfiguration,
]

let name = CommandLine.arguments.dropFirst().first ?? ""
guard let target = targets[name] else {
  fatalError("\(name) is none of \(targets.keys.sorted().joined(separator: ", "))")
}
// libFuzzer sees a command line without that word, and starts itself again with it where it runs several processes.
var arguments = CommandLine.unsafeArgv
let first = arguments[0]
arguments += 1
arguments[0] = first
exit(code: loggist_fuzz(CommandLine.argc - 1, arguments, target))
