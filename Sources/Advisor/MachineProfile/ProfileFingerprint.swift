package import Hardware
package import Kernels

/// What a measurement of a machine holds for: when any of it changes, the machine is measured anew.
package struct ProfileFingerprint: Codable, Sendable, Hashable {
  package var edgewiseVersion: String
  package var cpuModel: String?
  package var architecture: String
  package var physicalCores: Int?
  package var logicalCores: Int?
  /// The cores that the process may use.
  package var affinityCores: Int?
  /// The processor time that a control group grants, in cores.
  package var quotaCores: Double?
  package var memoryBytes: Int?
  /// The smallest limit of a control group or ulimit on memory.
  package var memoryLimitBytes: Int?
  package var kernel: String?
  package var kernelTier: String
  package var frequencyGovernor: String?

  /// The fingerprint of `machine` with kernels of `tier`.
  package init(_ machine: MachineDescription, tier: Tier, files: SystemFiles = .thisMachine) {
    edgewiseVersion = EdgewiseVersion.text
    cpuModel = machine.cpu.model
    architecture = machine.cpu.architecture
    physicalCores = machine.cpu.physicalCores
    logicalCores = machine.cpu.logicalCores
    affinityCores = machine.cpu.affinityCores
    quotaCores = machine.cpu.quotaCores
    memoryBytes = machine.memory.totalBytes
    let total = machine.memory.totalBytes ?? .max
    memoryLimitBytes = machine.memory.limits.map(\.bytes).filter { $0 < total }.min()
    kernel = machine.operatingSystem?.kernel
    kernelTier = tier.rawValue
    frequencyGovernor = files.line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")
  }

  /// What differs from another fingerprint, each as a short phrase; empty when they match.
  package func differences(from other: ProfileFingerprint) -> [String] {
    var result: [String] = []
    func compare<Value: Equatable>(_ name: String, _ path: KeyPath<ProfileFingerprint, Value>) {
      let (here, there) = (self[keyPath: path], other[keyPath: path])
      if here != there { result.append("\(name): \(Self.text(there)) then, \(Self.text(here)) now") }
    }
    compare("Edgewise", \.edgewiseVersion)
    compare("processor", \.cpuModel)
    compare("architecture", \.architecture)
    compare("physical cores", \.physicalCores)
    compare("logical cores", \.logicalCores)
    compare("cores for this process", \.affinityCores)
    compare("processor quota in cores", \.quotaCores)
    compare("memory in bytes", \.memoryBytes)
    compare("memory limit in bytes", \.memoryLimitBytes)
    compare("kernel", \.kernel)
    compare("kernel tier", \.kernelTier)
    compare("frequency governor", \.frequencyGovernor)
    return result
  }

  private static func text<Value>(_ value: Value) -> String {
    if let value = value as? any OptionalValue { return value.text }
    return "\(value)"
  }
}

/// An optional value as people read it.
private protocol OptionalValue { var text: String { get } }

extension Optional: OptionalValue {
  fileprivate var text: String { map { "\($0)" } ?? "none" }
}
