package import Knowledge

/// What is known about something that is slow or fails; every part is optional.
package struct DiagnosisRequest: Sendable {
  package var metrics: DiagnosisMetrics?
  /// The text of a log, or its bytes decoded with repairs.
  package var logText: String?
  /// What is wrong, in plain words.
  package var symptom: String?
  /// The framework's id or name.
  package var framework: String?
  package var machine: Situation.Machine?
  package var model: Situation.Model?
  package var toolchains: [Situation.Toolchain]?

  package init() {}
}
