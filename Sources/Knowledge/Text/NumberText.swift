/// Writes numbers for sentences.
package enum NumberText {
  /// Three significant digits, no trailing zeros: `4.58`, `143`, `0.0313`; whole numbers from 100 on.
  package static func text(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    let magnitude = value.magnitude
    if magnitude >= 100 {
      guard magnitude < 1e15 else { return "\(value)" }
      return "\(Int(value.rounded()))"
    }
    var places = 2
    var scale = 100.0
    if magnitude >= 10 {
      places = 1
      scale = 10
    }
    var bound = 1.0
    while magnitude > 0, magnitude < bound, places < 9 {
      places += 1
      scale *= 10
      bound /= 10
    }
    let scaled = Int((magnitude * scale).rounded())
    var digits = String(scaled)
    while digits.count <= places { digits = "0" + digits }
    let whole = digits.dropLast(places)
    var fraction = digits.suffix(places)
    while fraction.last == "0" { fraction.removeLast() }
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return fraction.isEmpty ? sign + whole : sign + whole + "." + fraction
  }
}
