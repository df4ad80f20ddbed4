/// The median by Kaplan and Meier: the first value at which no more than half would still be running.
///
/// What is open counts as running for at least as long as it has: leaving it out makes the median too short, taking it
/// as ended now does so too. Nil where too many are open to say. (Kaplan and Meier 1958, JASA 53:457.)
/// - Parameters:
///   - ended: in ascending order.
///   - open: how long the open ones have been running, in ascending order.
func kaplanMeierMedian<Values: RandomAccessCollection>(
  ended: Values, open: Values, seconds: (Values.Element) -> Int
) -> Values.Element? where Values.Index == Int {
  var survival = 1.0
  var (place, censored) = (0, 0)
  while place < ended.count {
    let time = seconds(ended[place])
    // One that ended and one that was still open at the same second: the open one was at risk.
    while censored < open.count, seconds(open[censored]) < time { censored += 1 }
    let atRisk = ended.count - place + open.count - censored
    let first = place
    while place < ended.count, seconds(ended[place]) == time { place += 1 }
    survival *= 1 - Double(place - first) / Double(atRisk)
    // A product of fractions: a half may come out a hair above.
    if survival <= 0.5 + 1e-9 { return ended[first] }
  }
  return nil
}
