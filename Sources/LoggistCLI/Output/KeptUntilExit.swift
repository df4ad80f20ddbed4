/// Keeps a value for as long as the program runs.
///
/// Ten years of figures are a hundred thousand pieces of memory: the kernel takes them back at once when the program ends,
/// and to free them one by one just before that takes as long as to work them out.
func keptUntilExit<Value>(_ value: Value) -> Value {
  _ = Unmanaged.passRetained(Kept(value))
  return value
}

private final class Kept<Value> {
  private let value: Value

  init(_ value: Value) { self.value = value }
}
