package import Hardware

/// Under which conditions a measurement was made: without it a number cannot be compared with another.
package struct EnvironmentRecord: Codable, Sendable, Hashable {
  package var machine: String
  package var cpuModel: String?
  package var architecture: String
  /// The instruction-set tier of the kernels that ran.
  package var kernelTier: String
  package var threads: Int
  /// The frequency governor of the first processor; nil when the kernel does not tell.
  package var frequencyGovernor: String?
  package var powerSource: PowerDescription.Source?
  /// When the measurement began, in seconds since 1970; nil when the caller gave no time.
  package var startedAtUnixSeconds: Int?
  package var loadAverageBefore: Double?
  package var loadAverageAfter: Double?
  package var frequencyHertzBefore: Int?
  package var frequencyHertzAfter: Int?
  package var hottestCelsiusBefore: Double?
  package var hottestCelsiusAfter: Double?
  package var disturbance: Disturbance

  /// The record of a measurement on `machine` between two snapshots.
  package init(
    machine: MachineDescription, kernelTier: String, threads: Int, startedAtUnixSeconds: Int?,
    before: SystemSnapshot, after: SystemSnapshot, files: SystemFiles = .thisMachine
  ) {
    self.machine = machine.name
    cpuModel = machine.cpu.model
    architecture = machine.cpu.architecture
    self.kernelTier = kernelTier
    self.threads = threads
    frequencyGovernor = files.line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
    powerSource = machine.power?.source
    self.startedAtUnixSeconds = startedAtUnixSeconds
    loadAverageBefore = before.loadAverage
    loadAverageAfter = after.loadAverage
    frequencyHertzBefore = before.frequencyHertz
    frequencyHertzAfter = after.frequencyHertz
    hottestCelsiusBefore = before.hottestCelsius
    hottestCelsiusAfter = after.hottestCelsius
    disturbance = Disturbance(before: before, after: after)
  }
}
