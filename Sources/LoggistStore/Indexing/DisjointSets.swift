/// Things by number, in sets that only ever grow together (union–find, Tarjan 1975).
struct DisjointSets {
  private var parents: [Int32]

  /// So many things, each a set of its own.
  init(count: Int) { parents = (0..<Int32(count)).map(\.self) }

  mutating func unite(_ one: Int, _ other: Int) {
    let (one, other) = (first(of: one), first(of: other))
    // The lower number stays, so that a set's first thing names it.
    if one != other { parents[max(one, other)] = Int32(min(one, other)) }
  }

  /// The thing that names the set of another.
  mutating func first(of thing: Int) -> Int {
    var thing = thing
    while Int(parents[thing]) != thing {
      parents[thing] = parents[Int(parents[thing])]
      thing = Int(parents[thing])
    }
    return thing
  }
}
