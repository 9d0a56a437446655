import Evidence
import Hardware
import Knowledge

extension PlatformRecord {
  /// The memory sizes that it is sold with, smallest first.
  var memoryBytesOptions: [Int] { memoryGibibytesOptions.map { Int($0 * Double(1 << 30)) }.sorted() }

  /// The published or computed peak of its memory.
  var bandwidth: Quantity? {
    memoryBandwidthGigabytesPerSecond.map { rate in
      let evidence: Evidence =
        switch memoryBandwidthStatus {
        case "verified": .published
        case "computed": .computed
        default: .assumed
        }
      return Quantity(rate * 1e9, evidence: evidence, source: "\(memoryBandwidthStatus ?? "unknown status"): \(source)")
    }
  }

  /// The systems that these classes of device come with; nil where there is a choice.
  var operatingSystemFamily: String? {
    switch deviceClass {
    case "apple-silicon": "macos"
    case "phone": id.hasPrefix("apple-") ? "ios" : "android"
    case "windows-arm": "windows"
    case "sbc", "sbc+npu", "jetson", "embedded", "desktop-soc": "linux"
    default: nil
    }
  }

  /// The maker of the processor, by the first word of the id.
  private var vendor: String? {
    let vendors = [
      "amd": "AMD", "apple": "Apple", "coral": "Google", "dgx": "NVIDIA", "dimensity": "MediaTek", "hailo8": "Hailo",
      "hailo10h": "Hailo", "imx8mplus": "NXP", "intel": "Intel", "jetson": "NVIDIA", "pixel": "Google",
      "rk3588": "Rockchip", "rpi4": "Broadcom", "rpi5": "Broadcom", "rtx": "NVIDIA", "snapdragon": "Qualcomm",
    ]
    return id.split(separator: "-").first.flatMap { vendors[String($0)] }
  }

  /// The processor, as far as the record tells.
  var processor: ProcessorDescription {
    // A question mark in the record says that nobody is sure: such a set does not count.
    let sets = instructionSets.filter { InstructionSet(rawValue: $0) != nil }.sorted()
    let isDevice = deviceClass == "gpu" || deviceClass == "accelerator"
    let architecture = sets.isEmpty ? "unknown" : sets.contains("neon") ? "arm64" : "x86_64"
    return ProcessorDescription(
      vendor: isDevice ? nil : vendor, model: isDevice ? nil : name, architecture: architecture, instructionSets: sets,
      instructionSetsSource: sets.isEmpty
        ? "not in the catalogue" : "\(instructionSetsStatus ?? "unknown status"): \(source)",
      physicalCores: cores, logicalCores: cores)
  }

  /// Its GPU and NPU, as far as the record tells.
  func accelerators(memory: MemoryDescription) -> [AcceleratorDescription] {
    let isDevice = deviceClass == "gpu" || deviceClass == "accelerator"
    let own = isDevice ? memoryBytesOptions.last : memory.limits.first?.bytes ?? memory.usableBytes
    var result: [AcceleratorDescription] = []
    if let gpu {
      result.append(
        AcceleratorDescription(
          kind: .gpu, vendor: Self.maker(of: gpu) ?? vendor, name: gpu, memoryBytes: own, unifiedMemory: !isDevice,
          computeCapability: cudaComputeCapability,
          peakTeraOperationsPerSecond: hasNPU ? nil : npuTeraOperationsPerSecond,
          memoryBandwidthBytesPerSecond: isDevice ? bandwidth : nil, source: source))
    }
    if let npu, hasNPU {
      result.append(
        AcceleratorDescription(
          kind: id.hasPrefix("coral") ? .tpu : .npu, vendor: Self.maker(of: npu) ?? vendor, name: npu,
          memoryBytes: isDevice ? own : nil, unifiedMemory: isDevice || deviceClass == "sbc+npu" ? false : true,
          peakTeraOperationsPerSecond: npuTeraOperationsPerSecond,
          memoryBandwidthBytesPerSecond: isDevice ? bandwidth : nil, source: source))
    }
    return result
  }

  /// Some records explain in place of an NPU that the figure belongs to the GPU.
  private var hasNPU: Bool {
    npu.map { !$0.contains("figure is") } ?? (gpu == nil && npuTeraOperationsPerSecond != nil)
  }

  private static func maker(of name: String) -> String? {
    let makers = [
      ("Apple", "Apple"), ("Neural Engine", "Apple"), ("GeForce", "NVIDIA"), ("NVIDIA", "NVIDIA"), ("Ampere", "NVIDIA"),
      ("Blackwell", "NVIDIA"), ("Radeon", "AMD"), ("XDNA", "AMD"), ("Arc", "Intel"), ("UHD", "Intel"), ("Xe", "Intel"),
      ("Mali", "ARM"), ("Immortalis", "ARM"), ("Adreno", "Qualcomm"), ("Hexagon", "Qualcomm"),
      ("VideoCore", "Broadcom"), ("Hailo", "Hailo"), ("Edge TPU", "Google"), ("RKNPU", "Rockchip"),
      ("VeriSilicon", "VeriSilicon"),
    ]
    return makers.first { name.contains($0.0) }?.1
  }
}
