import Evidence

extension MachineDescription {
  /// The source that stands beside every value that a caller gave.
  package static let callerSource = "given by the caller"

  /// This description with the caller's values in place, each of them named in `givenByCaller`.
  package func overridden(by given: MachineOverrides) -> MachineDescription {
    var machine = self
    var paths: [String] = []
    func take<Value>(_ value: Value?, _ path: String, _ set: (Value) -> Void) {
      guard let value else { return }
      set(value)
      paths.append(path)
    }
    take(given.name, "name") { machine.name = $0 }
    take(given.deviceClass, "deviceClass") { machine.deviceClass = $0 }
    take(given.operatingSystem, "operatingSystem.family") {
      machine.operatingSystem = OperatingSystemDescription(family: $0)
    }
    take(given.cpuVendor, "cpu.vendor") { machine.cpu.vendor = $0 }
    take(given.cpuModel, "cpu.model") { machine.cpu.model = $0 }
    take(given.architecture, "cpu.architecture") { machine.cpu.architecture = $0 }
    take(given.instructionSets, "cpu.instructionSets") {
      machine.cpu.instructionSets = Array(Set($0)).sorted()
      machine.cpu.instructionSetsSource = Self.callerSource
    }
    if given.physicalCores != nil || given.logicalCores != nil { machine.cpu.forgetCoreDetails() }
    take(given.physicalCores, "cpu.physicalCores") { machine.cpu.physicalCores = $0 }
    take(given.logicalCores, "cpu.logicalCores") { machine.cpu.logicalCores = $0 }
    machine.memory.override(total: given.memoryBytes, available: given.availableMemoryBytes)
    take(given.memoryBytes, "memory.totalBytes") { _ in }
    take(given.availableMemoryBytes, "memory.availableBytes") { _ in }
    take(given.memoryBandwidthBytesPerSecond, "memoryBandwidthBytesPerSecond") {
      machine.memoryBandwidthBytesPerSecond = Quantity($0, evidence: .assumed, source: Self.callerSource)
    }
    take(given.accelerators, "accelerators") { machine.accelerators = $0.map(AcceleratorDescription.init(given:)) }
    take(given.storageFreeBytes, "storage.freeBytes") {
      machine.storage = StorageDescription(path: machine.storage?.path ?? "unknown", freeBytes: $0)
    }
    take(given.powerSource, "power.source") {
      machine.power = PowerDescription(source: $0, evidence: Self.callerSource)
    }
    take(given.connected, "network.connected") {
      machine.network = NetworkDescription(connected: $0, evidence: Self.callerSource)
    }
    take(given.toolchains, "toolchains") {
      machine.toolchains = $0.map { ToolchainDescription(name: $0, path: "unknown", how: Self.callerSource) }
    }
    machine.givenByCaller = (givenByCaller + paths.filter { !givenByCaller.contains($0) })
    return machine
  }
}

extension ProcessorDescription {
  /// Drops what a different number of cores makes meaningless.
  fileprivate mutating func forgetCoreDetails() {
    (physicalCores, logicalCores, affinityCores, quotaCores, numaNodes) = (nil, nil, nil, nil, nil)
    coreKinds = []
    caches = []
  }
}

extension MemoryDescription {
  /// Takes the caller's figures: another total drops the limits of this machine, a given available amount is the answer.
  fileprivate mutating func override(total: Int?, available: Int?) {
    guard total != nil || available != nil else { return }
    if let total {
      self = MemoryDescription(totalBytes: total)
      if let available { availableBytes = min(available, total) }
    } else {
      availableBytes = available
      limits = []
    }
    decideUsable()
  }
}

extension AcceleratorDescription {
  fileprivate init(given: MachineOverrides.AcceleratorOverride) {
    self.init(
      kind: given.kind, vendor: given.vendor, name: given.name, memoryBytes: given.memoryBytes,
      unifiedMemory: given.unifiedMemory, computeCapability: given.computeCapability,
      source: MachineDescription.callerSource)
  }
}
