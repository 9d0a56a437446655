/// What the caller says about a machine, to be taken in place of what was probed or catalogued; nil leaves a value alone.
package struct MachineOverrides: Codable, Sendable, Hashable {
  package var name: String?
  package var deviceClass: String?
  /// `linux`, `macos`, `windows`, `ios` or `android`.
  package var operatingSystem: String?
  package var cpuVendor: String?
  package var cpuModel: String?
  package var architecture: String?
  package var instructionSets: [String]?
  package var physicalCores: Int?
  package var logicalCores: Int?
  /// Total main memory.
  package var memoryBytes: Int?
  /// What of it a model may use; it replaces every probed limit.
  package var availableMemoryBytes: Int?
  package var memoryBandwidthBytesPerSecond: Double?
  package var accelerators: [AcceleratorOverride]?
  package var storageFreeBytes: Int?
  package var powerSource: PowerDescription.Source?
  package var connected: Bool?
  /// The names of installed toolchains.
  package var toolchains: [String]?

  /// An accelerator as a caller describes it.
  package struct AcceleratorOverride: Codable, Sendable, Hashable {
    package var kind: AcceleratorDescription.Kind
    package var vendor: String?
    package var name: String
    package var memoryBytes: Int?
    package var unifiedMemory: Bool?
    package var computeCapability: String?

    package init(
      kind: AcceleratorDescription.Kind, vendor: String? = nil, name: String, memoryBytes: Int? = nil,
      unifiedMemory: Bool? = nil, computeCapability: String? = nil
    ) {
      self.kind = kind
      self.vendor = vendor
      self.name = name
      self.memoryBytes = memoryBytes
      self.unifiedMemory = unifiedMemory
      self.computeCapability = computeCapability
    }
  }

  package init() {}
}
