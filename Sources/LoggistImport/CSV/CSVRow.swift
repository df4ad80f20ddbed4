/// Writes rows of a table again (RFC 4180), with the separator that the source has.
struct CSVRow {
  static func bytes(_ cells: [String], separator: UInt8) -> [UInt8] {
    var row: [UInt8] = []
    for (index, cell) in cells.enumerated() {
      if index > 0 { row.append(separator) }
      let needsMarks = cell.utf8.contains {
        $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D
      }
      if !needsMarks, cell.utf8.first != 0x20, cell.utf8.last != 0x20 {
        row += cell.utf8
        continue
      }
      row.append(0x22)
      for byte in cell.utf8 {
        if byte == 0x22 { row.append(0x22) }
        row.append(byte)
      }
      row.append(0x22)
    }
    return row
  }
}
