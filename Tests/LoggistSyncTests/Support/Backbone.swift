import LoggistModel

@testable import LoggistSync

/// The engines of several sites, and the hub's between them: the hub takes in what is said at each site, and each site
/// whatever the hub has, for as long as the line between them is up.
///
/// How far one has read another is a number of the other's stream, as with JetStream's sources: it outlives a wipe of the
/// other one, and then points at something else.
final class Backbone {
  let hub: Post
  let leaves: [Post]
  private var lines: [Line]

  private struct Line {
    var isUp = true
    /// What the hub has read of the leaf, and the leaf of the hub.
    var up = 0
    var down = 0
  }

  init(leaves count: Int, seed: UInt64) {
    hub = Post(seed: seed)
    leaves = (0..<count).map { Post(seed: seed &+ 1 &+ UInt64($0)) }
    lines = Array(repeating: Line(), count: count)
    hub.joined = { [unowned self] in reached(from: nil) }
    for (place, leaf) in leaves.enumerated() {
      leaf.joined = { [unowned self] in reached(from: place) }
    }
  }

  var engines: [Post] { [hub] + leaves }

  func isUp(_ leaf: Int) -> Bool { lines[leaf].isUp }

  func set(_ leaf: Int, isUp: Bool) { lines[leaf].isUp = isUp }

  /// Everything that an engine was given is gone; 0 is the hub's.
  func wipe(_ engine: Int) {
    engines[engine].wipe()
    if engine > 0 {
      lines[engine - 1].down = 0
    } else {
      for place in lines.indices { lines[place].up = 0 }
    }
  }

  func tick() {
    for place in lines.indices where lines[place].isUp {
      let said = leaves[place].said
      if lines[place].up < said.count {
        for letter in said[lines[place].up...] { hub.source(letter) }
        lines[place].up = said.count
      }
    }
    for place in lines.indices where lines[place].isUp && lines[place].down < hub.stream.count {
      for letter in hub.stream[lines[place].down...] { leaves[place].source(letter) }
      lines[place].down = hub.stream.count
    }
  }

  /// The engines that plain messages get to, from a leaf or from the hub.
  private func reached(from leaf: Int?) -> [Post] {
    let others = leaves.indices.filter { $0 != leaf && lines[$0].isUp }.map { leaves[$0] }
    guard let leaf else { return others }
    return lines[leaf].isUp ? [hub] + others : []
  }
}
