/// A well-known device, described from public sources; nothing of it was measured by Edgewise.
package struct PlatformRecord: FactRecord, Hashable {
  package static let file = FactFile("platforms")
  package static let catalogue = Catalogue(reading: PlatformRecord.self)

  package let id: String
  package let name: String
  /// `sbc`, `sbc+npu`, `embedded`, `accelerator`, `jetson`, `desktop-soc`, `apple-silicon`, `phone`, `windows-arm`,
  /// `gpu`, `x86`, `x86-laptop`, `x86-mini`, `x86-server` or `x86-unified`.
  package let deviceClass: String
  package let year: Int
  /// Physical cores, where the device is sold with one number of them; from the maker's name of the chip.
  package let cores: Int?
  package let memoryType: String?
  /// Peak of the memory bus in 10^9 bytes a second.
  package let memoryBandwidthGigabytesPerSecond: Double?
  /// `verified`, `computed` or `general knowledge`.
  package let memoryBandwidthStatus: String?
  /// The memory sizes that the device is sold with, in 2^30 bytes.
  package let memoryGibibytesOptions: [Double]
  package let gpu: String?
  /// NVIDIA's compute capability, such as `8.7`.
  package let cudaComputeCapability: String?
  package let instructionSets: [String]
  package let instructionSetsStatus: String?
  package let npu: String?
  /// The vendor's peak, in 10^12 operations a second, at the precision that `npu` or `notes` name.
  package let npuTeraOperationsPerSecond: Double?
  package let npuTeraOperationsStatus: String?
  package let thermalDesignPowerWatts: Double?
  package let thermalDesignPowerStatus: String
  /// The share of memory that a GPU or an app may use.
  package let usableMemoryFraction: Double?
  /// Decode's share of the bandwidth ceiling as reported for the device.
  package let decodeEfficiencyFraction: Double?
  package let bestRuntimes: [String]
  package let notes: String
  package let source: String

  package var otherNames: [String] { [name] }

  private enum CodingKeys: String, CodingKey {
    case id, name, year, cores, gpu, npu, notes, source
    case deviceClass = "device_class"
    case memoryType = "memory_type"
    case memoryBandwidthGigabytesPerSecond = "memory_bandwidth_gbs"
    case memoryBandwidthStatus = "memory_bandwidth_status"
    case memoryGibibytesOptions = "ram_gb_options"
    case cudaComputeCapability = "cuda_compute_capability"
    case instructionSets = "isa_features"
    case instructionSetsStatus = "isa_status"
    case npuTeraOperationsPerSecond = "npu_tops"
    case npuTeraOperationsStatus = "npu_tops_status"
    case thermalDesignPowerWatts = "tdp_w"
    case thermalDesignPowerStatus = "tdp_status"
    case usableMemoryFraction = "usable_accelerator_memory_fraction"
    case decodeEfficiencyFraction = "decode_efficiency_hint"
    case bestRuntimes = "best_runtimes"
  }
}
