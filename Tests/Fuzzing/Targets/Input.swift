import Glibc

/// What the loop hands over, as bytes of our own.
func input(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
  Array(UnsafeBufferPointer(start: bytes, count: count))
}

/// Ends the process, so that the loop keeps the input that led here.
func hold(_ isTrue: Bool, _ what: String, line: Int = #line) {
  if !isTrue { fatalError("\(what), line \(line)") }
}

func exit(code: Int32) -> Never { Glibc.exit(code) }
