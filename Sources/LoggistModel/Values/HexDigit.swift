/// The lower-case digit of a value from 0 to 15.
@inlinable package func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? 0x30 + value : 0x57 + value
}
