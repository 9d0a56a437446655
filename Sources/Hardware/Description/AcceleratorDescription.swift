package import Evidence

/// A processor beside the CPU that can run models.
package struct AcceleratorDescription: Codable, Sendable, Hashable {
  package var kind: Kind
  package var vendor: String?
  package var name: String
  /// Memory of its own, or the part of main memory that it may use; nil when unknown.
  package var memoryBytes: Int?
  package var freeMemoryBytes: Int?
  /// The kernel driver or driver version; nil when no driver is bound.
  package var driver: String?
  /// Whether it shares main memory with the CPU.
  package var unifiedMemory: Bool?
  /// CUDA compute capability (`8.7`) or AMD target (`gfx1151`).
  package var computeCapability: String?
  /// Peak rate as published, in 10^12 operations per second.
  package var peakTeraOperationsPerSecond: Double?
  /// The rate at which it can read memory of its own.
  package var memoryBandwidthBytesPerSecond: Quantity?
  /// What was read to find it.
  package var source: String

  /// What an accelerator is.
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case gpu, npu, vpu, tpu
    /// A processing accelerator of a kind that Edgewise does not know: reported, not used.
    case unknown
  }

  package init(
    kind: Kind, vendor: String? = nil, name: String, memoryBytes: Int? = nil, freeMemoryBytes: Int? = nil,
    driver: String? = nil, unifiedMemory: Bool? = nil, computeCapability: String? = nil,
    peakTeraOperationsPerSecond: Double? = nil, memoryBandwidthBytesPerSecond: Quantity? = nil, source: String
  ) {
    self.kind = kind
    self.vendor = vendor
    self.name = name
    self.memoryBytes = memoryBytes
    self.freeMemoryBytes = freeMemoryBytes
    self.driver = driver
    self.unifiedMemory = unifiedMemory
    self.computeCapability = computeCapability
    self.peakTeraOperationsPerSecond = peakTeraOperationsPerSecond
    self.memoryBandwidthBytesPerSecond = memoryBandwidthBytesPerSecond
    self.source = source
  }
}
