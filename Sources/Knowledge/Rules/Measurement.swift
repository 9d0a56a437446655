/// A number that a rule compares, as it was given, with the limit that it is compared with.
package struct Measurement: Codable, Sendable, Hashable {
  /// The path of the number in the situation, such as `run.cpuUtilizationFraction`.
  package var metric: String
  package var value: Double
  /// The limit; nil when the number is only part of a computation.
  package var threshold: Double?

  /// Nil when the number is not known.
  package init?(_ metric: String, _ value: Double?, threshold: Double? = nil) {
    guard let value else { return nil }
    self.metric = metric
    self.value = value
    self.threshold = threshold
  }
}
