/// Where a number comes from.
package enum Evidence: String, Codable, Sendable, CaseIterable {
  /// Measured on this machine by Edgewise.
  case measured
  /// A rate measured on this machine, applied to another model or setting.
  case calibrated
  /// Exact arithmetic on a file or an architecture.
  case computed
  /// Taken from a citation.
  case published
  /// Taken for granted, for want of anything better.
  case assumed
}

/// A number with its interval and its evidence; its unit stands in the name of the key that holds it.
package struct Quantity: Codable, Sendable, Hashable {
  package var value: Double
  /// The lower end of the 80 % interval; nil when the value is exact.
  package var low: Double?
  /// The upper end of the 80 % interval; nil when the value is exact.
  package var high: Double?
  package var evidence: Evidence
  /// How many samples stand behind a measured value.
  package var samples: Int?
  /// The method, formula or citation.
  package var source: String

  package init(
    _ value: Double, low: Double? = nil, high: Double? = nil, evidence: Evidence, samples: Int? = nil, source: String
  ) {
    self.value = value
    self.low = low
    self.high = high
    self.evidence = evidence
    self.samples = samples
    self.source = source
  }
}
