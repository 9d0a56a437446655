/// Fractions by which values may be off, four times of five.
enum Uncertainty {
  /// Of independent ones together: the root of the sum of squares.
  static func together(_ fractions: [Double]) -> Double { fractions.reduce(0) { $0 + $1 * $1 }.squareRoot() }
}
