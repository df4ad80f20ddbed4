import LoggistModel

/// `did you mean 'mitigation' or 'migration'? `, or nothing where no name is near.
func suggestion(_ word: String, among names: [String]) -> String {
  let near = nearest(word, among: names)
  return near.isEmpty ? "" : "did you mean \(list(near.map(quoted), "or"))? "
}
