/// Advice that is commonly given and no longer, or never was, true.
package struct Correction: FactRecord, Hashable {
  package static let file = FactFile("corrections")
  package static let catalogue = Catalogue(reading: Correction.self)

  package let id: String
  package let commonly: String
  package let now: String
  /// The version that the current fact was read from; empty when it does not hang on a version.
  package let since: String
  package let frameworks: [Framework]
  package let source: String

  /// "Commonly advised: X. Since version N: Y."
  package var sentence: String {
    let start = since.isEmpty ? "In fact" : "As of \(since)"
    return "Commonly advised: \(commonly). \(start): \(now)."
  }
}
