package import Hardware

/// A machine, what was measured on it, and how engines that are installed there compare with ours.
///
/// Stored in the user's cache folder, saved to a file to be used elsewhere, or given inline.
package struct MachineProfile: Codable, Sendable, Hashable {
  /// Changes when older programs could not make sense of the fields.
  package var profileVersion = Self.currentVersion
  package var machine: MachineDescription
  package var measurement: MachineMeasurement
  package var fingerprint: ProfileFingerprint
  /// What sped the machine up or slowed it down when it was measured; nil in profiles of earlier versions.
  package var condition: MachineCondition?
  /// When it was measured, in seconds since 1970.
  package var measuredAtUnixSeconds: Int
  /// The engines that were calibrated, latest first.
  package var engines: [EngineCalibration]

  package static let currentVersion = 1

  package init(
    machine: MachineDescription, measurement: MachineMeasurement, fingerprint: ProfileFingerprint,
    condition: MachineCondition? = nil, measuredAtUnixSeconds: Int, engines: [EngineCalibration] = []
  ) {
    self.machine = machine
    self.measurement = measurement
    self.fingerprint = fingerprint
    self.condition = condition
    self.measuredAtUnixSeconds = measuredAtUnixSeconds
    self.engines = engines
  }

  /// The calibration of an engine: the latest, of `build` when one is named; nil when it was never calibrated here.
  package func calibration(of engine: String, build: String? = nil) -> EngineCalibration? {
    engines.first { $0.engine == engine && (build == nil || $0.build == build) }
  }

  /// Keeps a calibration in place of an older one of the same engine and build.
  package mutating func keep(_ calibration: EngineCalibration) {
    engines.removeAll { $0.engine == calibration.engine && $0.build == calibration.build }
    engines.insert(calibration, at: 0)
    // A profile is read for every answer: builds of long ago are forgotten.
    engines = Array(engines.prefix(16))
  }
}
