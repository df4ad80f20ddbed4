/// The percentile of values in ascending order by nearest rank: the value at place ⌈p/100 · n⌉.
///
/// Always one of the values, so that it is a real incident that can be opened; nil where there are none.
package func nearestRank<Values: RandomAccessCollection>(
  _ ascending: Values, percent: Int
) -> Values.Element? where Values.Index == Int {
  precondition((1...100).contains(percent), "a percentile from 1 to 100")
  guard !ascending.isEmpty else { return nil }
  return ascending[ascending.startIndex + (ascending.count * percent + 99) / 100 - 1]
}
