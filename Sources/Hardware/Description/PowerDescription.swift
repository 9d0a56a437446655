/// What feeds the machine.
package struct PowerDescription: Codable, Sendable, Hashable {
  package var source: Source
  /// The charge of the battery, 0...1; nil without a battery.
  package var batteryFraction: Double?
  /// What was read.
  package var evidence: String

  /// What feeds a machine.
  package enum Source: String, Codable, Sendable, CaseIterable {
    case mains, battery
  }

  package init(source: Source, batteryFraction: Double? = nil, evidence: String) {
    self.source = source
    self.batteryFraction = batteryFraction
    self.evidence = evidence
  }
}
