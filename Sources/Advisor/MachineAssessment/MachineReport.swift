package import Evidence
package import Hardware

/// What a machine can do.
package struct MachineReport: Codable, Sendable, Hashable {
  package var machine: MachineDescription
  /// Present when it was asked for.
  package var measurement: MachineMeasurement?
  /// The record of the catalogue, when the machine comes from there.
  package var platform: PlatformListing?
  package var assumptions: [Assumption]
  package var next: [NextStep]
}

extension MachineReport {
  /// The words that the reply uses, for its schema.
  package static let origins = MachineDescription.Origin.allCases.map(\.rawValue)
  package static let acceleratorKinds = AcceleratorDescription.Kind.allCases.map(\.rawValue)
  package static let limitKinds = MemoryLimit.Kind.allCases.map(\.rawValue)
  package static let powerSources = PowerDescription.Source.allCases.map(\.rawValue)
}
