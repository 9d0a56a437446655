/// What to find out about a machine.
package struct MachineAssessment: Sendable, Hashable {
  /// nil for the machine that runs this process.
  package var machine: MachineReference?
  package var isMeasured = false
  /// The formats to measure, by name; nil for the common ones.
  package var formats: [String]?
  /// nil for all cores that may be used.
  package var threads: Int?
  package var timeBudgetSeconds = Self.defaultTimeBudgetSeconds
  /// The folder whose file system would hold models; nil for the user's own.
  package var storagePath: String?
  /// Whether programs that tell their version in no file may be run for it.
  package var runsVersionCommands = false
  /// When the measurement begins, in seconds since 1970.
  package var startedAtUnixSeconds: Int?

  package init(machine: MachineReference? = nil) { self.machine = machine }

  package static let defaultTimeBudgetSeconds = 4.0
  /// The formats that are measured when none are named.
  package static let defaultFormats = ["F32", "F16", "Q8_0", "Q4_0", "Q4_K", "Q6_K"]
}
