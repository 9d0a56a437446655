/// What to find out about a machine.
package struct MachineAssessment: Sendable, Hashable {
  /// nil for the machine that runs this process.
  package var machine: MachineReference?
  package var isMeasured = false
  /// The formats to measure, by name; nil for all that our kernels know.
  package var formats: [String]?
  /// nil for all cores that may be used.
  package var threads: Int?
  package var timeBudgetSeconds = Self.defaultTimeBudgetSeconds
  /// The folder whose file system would hold models; nil for the user's own.
  package var storagePath: String?
  /// Whether programs that tell their version in no file may be run for it.
  package var runsVersionCommands = false
  /// Whether a profile that is kept is measured anew.
  package var isRefreshed = false
  /// Where profiles are kept; nil for nowhere.
  package var store = ProfileStore.ofUser()
  /// When the measurement begins, in seconds since 1970.
  package var startedAtUnixSeconds: Int?

  package init(machine: MachineReference? = nil) { self.machine = machine }

  package static let defaultTimeBudgetSeconds = 9.0
}
