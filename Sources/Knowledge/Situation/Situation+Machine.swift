extension Situation {
  /// The device that a model runs, or would run, on.
  package struct Machine: Codable, Sendable, Hashable {
    package var operatingSystem: OperatingSystem?
    package var architecture: Architecture?
    /// Who designed the CPU, in lower case: `intel`, `amd`, `apple`, `arm`, `qualcomm`, `nvidia`, ...
    package var cpuVendor: String?
    package var cpuName: String?
    /// Usable instruction sets by their lower-case names: `avx2`, `avx512_vnni`, `neon`, `dotprod`, `i8mm`, ...
    package var instructionSets: [String]?
    package var physicalCores: Int?
    package var logicalCores: Int?
    /// Cores of the fastest kind on a hybrid CPU.
    package var performanceCores: Int?
    /// What the container may use of the processors, in cores; nil when there is no quota or it is not known.
    package var cpuQuotaCores: Double?
    /// The CPU frequency governor: `performance`, `powersave`, `schedutil`, ...
    package var frequencyGovernor: String?
    package var numaNodeCount: Int?
    package var memoryBytes: Int?
    /// The memory limit of the container or service, where one is set.
    package var memoryLimitBytes: Int?
    /// What a new process may still take, all limits counted.
    package var usableMemoryBytes: Int?
    package var memoryBandwidthBytesPerSecond: Double?
    /// Whether the bandwidth was measured on this machine rather than looked up.
    package var memoryBandwidthIsMeasured: Bool?
    package var storageFreeBytes: Int?
    package var storageReadBytesPerSecond: Double?
    /// Present but empty: the machine was looked at and has none.
    package var accelerators: [Accelerator]?
    package var deviceClass: DeviceClass?
    package var powerSource: PowerSource?
    package var temperatureCelsius: Double?
    package var isOffline: Bool?

    package init() {}
  }

  /// A device other than the CPU that can compute.
  package struct Accelerator: Codable, Sendable, Hashable {
    package var kind: Kind
    /// Lower case: `nvidia`, `intel`, `amd`, `apple`, `qualcomm`, `google`, `hailo`, `arm`, ...
    package var vendor: String
    package var name: String?
    /// Memory that the device can hold a model in; for unified memory the share that it may use.
    package var memoryBytes: Int?
    package var sharesMemory: Bool?
    /// NVIDIA's compute capability, such as 8.6.
    package var computeCapability: Double?
    package var driverVersion: String?
    /// Whether a driver is bound to it; nil when that was not looked at.
    package var hasDriver: Bool?

    package init(
      _ kind: Kind, vendor: String, name: String? = nil, memoryBytes: Int? = nil, sharesMemory: Bool? = nil,
      computeCapability: Double? = nil, driverVersion: String? = nil, hasDriver: Bool? = nil
    ) {
      self.kind = kind
      self.vendor = vendor
      self.name = name
      self.memoryBytes = memoryBytes
      self.sharesMemory = sharesMemory
      self.computeCapability = computeCapability
      self.driverVersion = driverVersion
      self.hasDriver = hasDriver
    }

    /// What sort of device an accelerator is.
    package enum Kind: String, Codable, Sendable, CaseIterable {
      case gpu, npu, tpu, vpu, fpga, dsp, neuromorphic, optical, quantum, other
    }
  }

  package enum OperatingSystem: String, Codable, Sendable, CaseIterable {
    case linux, macos, windows, ios, android, bareMetal, other
  }

  package enum Architecture: String, Codable, Sendable, CaseIterable {
    case x86_64, arm64, arm32, riscv64, other
  }

  package enum DeviceClass: String, Codable, Sendable, CaseIterable {
    case phone, tablet, laptop, desktop, server, singleBoard, jetson, embedded, microcontroller, other
  }

  package enum PowerSource: String, Codable, Sendable, CaseIterable {
    case mains, battery
  }
}
