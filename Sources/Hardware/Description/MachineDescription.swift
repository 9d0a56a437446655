package import Evidence

/// What a machine is and can do: plain values, probed here, taken from the platform catalogue or from a saved profile.
///
/// Nothing is guessed: what is unknown is nil or empty, and `notFound` says where it was looked for.
package struct MachineDescription: Codable, Sendable, Hashable {
  /// A name for people: the host's model, the platform's or the profile's name.
  package var name: String
  package var origin: Origin
  /// The identifier in the platform catalogue, when the description came from there.
  package var platform: String?
  /// The class of device in the platform catalogue's words (`sbc`, `jetson`, `phone`, `x86-server` ...), when known.
  package var deviceClass: String?
  package var operatingSystem: OperatingSystemDescription?
  package var cpu: ProcessorDescription
  package var memory: MemoryDescription
  /// GPUs, NPUs and other accelerators, in the order in which they were found.
  package var accelerators: [AcceleratorDescription]
  package var storage: StorageDescription?
  package var power: PowerDescription?
  package var thermalZones: [ThermalZone]
  package var energyCounters: [EnergyCounter]
  /// Runtimes, compilers and libraries that are installed.
  package var toolchains: [ToolchainDescription]
  package var network: NetworkDescription?
  /// The rate at which the processors can read main memory.
  package var memoryBandwidthBytesPerSecond: Quantity?
  /// Which values the caller gave in place of the probed or catalogued ones, as dotted key paths.
  package var givenByCaller: [String]
  /// What was looked for and is absent or unreadable.
  package var notFound: [NotFound]

  /// Where a description comes from.
  package enum Origin: String, Codable, Sendable, CaseIterable {
    /// Probed on the machine that runs this process.
    case thisMachine
    /// Taken from the platform catalogue.
    case platformCatalogue
    /// Saved on another machine, or written by hand.
    case profile
  }

  package init(
    name: String, origin: Origin, platform: String? = nil, deviceClass: String? = nil,
    operatingSystem: OperatingSystemDescription? = nil, cpu: ProcessorDescription, memory: MemoryDescription,
    accelerators: [AcceleratorDescription] = [], storage: StorageDescription? = nil, power: PowerDescription? = nil,
    thermalZones: [ThermalZone] = [], energyCounters: [EnergyCounter] = [], toolchains: [ToolchainDescription] = [],
    network: NetworkDescription? = nil, memoryBandwidthBytesPerSecond: Quantity? = nil,
    givenByCaller: [String] = [], notFound: [NotFound] = []
  ) {
    self.name = name
    self.origin = origin
    self.platform = platform
    self.deviceClass = deviceClass
    self.operatingSystem = operatingSystem
    self.cpu = cpu
    self.memory = memory
    self.accelerators = accelerators
    self.storage = storage
    self.power = power
    self.thermalZones = thermalZones
    self.energyCounters = energyCounters
    self.toolchains = toolchains
    self.network = network
    self.memoryBandwidthBytesPerSecond = memoryBandwidthBytesPerSecond
    self.givenByCaller = givenByCaller
    self.notFound = notFound
  }
}

extension MachineDescription {
  /// Whether an accelerator of `kind` was found.
  package func has(_ kind: AcceleratorDescription.Kind) -> Bool { accelerators.contains { $0.kind == kind } }

  /// The installed toolchain of that name, or nil when it was not found.
  package func toolchain(_ name: String) -> ToolchainDescription? { toolchains.first { $0.name == name } }
}
