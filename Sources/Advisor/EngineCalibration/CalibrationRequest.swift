package import Evidence

/// Which engine to run, and how.
package struct CalibrationRequest: Sendable, Hashable {
  package var engine: SpeedEngine
  /// The path of its program; nil to look on `PATH`.
  package var program: String?
  /// A profile of this machine to compare with; nil for the kept one, which then keeps what is found.
  package var profile: MachineProfile?
  /// The formats to run, as `model/speed` takes them; nil for the engine's common ones.
  package var formats: [String]?
  /// The numbers of threads; nil for one and all.
  package var threads: [Int]?
  /// The time limit of one run of the program.
  package var timeLimitSeconds = Self.defaultTimeLimitSeconds

  package init(engine: SpeedEngine) { self.engine = engine }

  package static let defaultTimeLimitSeconds = 120.0
}

/// What running an engine found.
package struct CalibrationReport: Codable, Sendable, Hashable {
  package var calibration: EngineCalibration
  /// The figures that the factors follow from.
  package var runs: [Run]
  package var profile: ProfileRecord
  package var elapsedSeconds: Double
  package var assumptions: [Assumption]
  package var next: [NextStep]

  /// A run of the small model.
  package struct Run: Codable, Sendable, Hashable {
    package var fileType: String
    package var threads: Int
    package var decodeTokensPerSecond: Double
    package var prefillTokensPerSecond: Double
    /// What our own engine is predicted to reach with the same file.
    package var ownDecodeTokensPerSecond: Double
    package var ownPrefillTokensPerSecond: Double
  }
}
