package import Evidence
package import Hardware

/// What a machine can do.
package struct MachineReport: Codable, Sendable, Hashable {
  package var machine: MachineDescription
  /// Present when it was asked for.
  package var measurement: MachineMeasurement?
  /// The record of the catalogue, when the machine comes from there.
  package var platform: PlatformListing?
  /// Where the measurement comes from; present with it.
  package var profile: ProfileRecord?
  /// With the fields below, machine and measurement, what makes the report a `MachineProfile`; present with the measurement.
  package var profileVersion: Int?
  package var fingerprint: ProfileFingerprint?
  package var measuredAtUnixSeconds: Int?
  package var engines: [EngineCalibration]?
  package var assumptions: [Assumption]
  package var next: [NextStep]
}

extension MachineReport {
  /// Takes the measurement of a profile, and what makes the report one.
  mutating func keep(_ profile: MachineProfile) {
    measurement = profile.measurement
    profileVersion = profile.profileVersion
    fingerprint = profile.fingerprint
    measuredAtUnixSeconds = profile.measuredAtUnixSeconds
    engines = profile.engines
  }
}

extension MachineReport {
  /// The words that the reply uses, for its schema.
  package static let origins = MachineDescription.Origin.allCases.map(\.rawValue)
  package static let acceleratorKinds = AcceleratorDescription.Kind.allCases.map(\.rawValue)
  package static let limitKinds = MemoryLimit.Kind.allCases.map(\.rawValue)
  package static let powerSources = PowerDescription.Source.allCases.map(\.rawValue)
}
