import Evidence
package import Hardware
package import Knowledge

extension Situation.Machine {
  /// The facts of a machine that rules look at.
  package init(_ machine: MachineDescription) {
    self.init()
    let className = machine.deviceClass
    cpuVendor = machine.cpu.vendor.map { VendorName.normalized($0, product: machine.cpu.model) }
    operatingSystem = machine.operatingSystem.map { .init(rawValue: $0.family.lowercased()) ?? .other }
    if operatingSystem == nil {
      // These classes of device name their system.
      operatingSystem =
        switch className {
        case "apple-silicon": .macos
        case "windows-arm": .windows
        case "phone": cpuVendor == "apple" ? .ios : .android
        default: nil
        }
    }
    architecture =
      switch machine.cpu.architecture {
      case "x86_64", "amd64": .x86_64
      case "arm64", "aarch64": .arm64
      case "arm", "armv7l", "arm32": .arm32
      case "riscv64": .riscv64
      case "", "unknown": nil
      default: .other
      }
    cpuName = machine.cpu.model
    instructionSets = machine.cpu.instructionSets.isEmpty ? nil : machine.cpu.instructionSets
    physicalCores = machine.cpu.usableCores ?? machine.cpu.physicalCores
    logicalCores = machine.cpu.logicalCores
    performanceCores = machine.cpu.coreKinds.count > 1 ? machine.cpu.coreKinds.first?.count : nil
    memoryBytes = machine.memory.totalBytes
    usableMemoryBytes = machine.memory.usableBytes
    memoryBandwidthBytesPerSecond = machine.memoryBandwidthBytesPerSecond?.value
    memoryBandwidthIsMeasured = machine.memoryBandwidthBytesPerSecond.map { $0.evidence == .measured }
    storageFreeBytes = machine.storage?.freeBytes
    accelerators = machine.accelerators.map(Situation.Accelerator.init)
    deviceClass =
      switch className {
      case "sbc", "sbc+npu": .singleBoard
      case "embedded": .embedded
      case "jetson": .jetson
      case "phone": .phone
      case "x86-laptop", "windows-arm": .laptop
      case "x86-server": .server
      case "x86", "x86-mini", "x86-unified", "desktop-soc": .desktop
      default: nil
      }
    powerSource = machine.power.map { $0.source == .battery ? .battery : .mains }
    isOffline = machine.network.map { !$0.connected }
  }
}

extension Situation.Accelerator {
  /// The facts of an accelerator that rules look at.
  package init(_ accelerator: AcceleratorDescription) {
    let kind: Kind =
      switch accelerator.kind {
      case .gpu: .gpu
      case .npu: .npu
      case .tpu: .tpu
      case .vpu: .vpu
      case .unknown: .other
      }
    self.init(
      kind, vendor: VendorName.normalized(accelerator.vendor ?? "", product: accelerator.name),
      name: accelerator.name, memoryBytes: accelerator.memoryBytes, sharesMemory: accelerator.unifiedMemory,
      computeCapability: accelerator.computeCapability.flatMap(Double.init), driverVersion: accelerator.driver)
  }
}

extension Situation.Software {
  /// The installed toolchains of a machine.
  package init(_ machine: MachineDescription) {
    self.init()
    toolchains = machine.toolchains.map { Situation.Toolchain(name: $0.name, version: $0.version) }
  }
}
