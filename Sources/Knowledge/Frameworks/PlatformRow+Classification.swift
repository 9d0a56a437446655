extension PlatformRow {
  /// The rows of the platform matrix that a machine falls under, the hardware that would do the work first; empty when
  /// nothing of the machine is known.
  ///
  /// An NPU comes first when a framework drives it with language models, unless the goals ask for a long context or
  /// several requests at a time, which its static shapes exclude.
  package static func rows(for situation: Situation) -> [PlatformRow] {
    ids(for: situation).compactMap { byID[$0] }
  }

  private static let byID = Dictionary(catalogue.records.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

  /// The ids of `rows(for:)`.
  package static func ids(for situation: Situation) -> [String] {
    let machine = situation.machine
    var ids: [String] = []
    if machine.operatingSystem == .ios { return ["apple-mobile"] }
    if machine.operatingSystem == .android {
      return [machine.has("qualcomm") ? "android-snapdragon" : "android-other"]
    }
    if machine.cpuVendor == "apple" { return ["apple-mac"] }
    if machine.operatingSystem == .windows, machine.architecture == .arm64 { return ["windows-arm"] }
    let isLanguageModel = situation.model.kind?.isLanguageModel ?? true
    for accelerator in machine.accelerators ?? [] {
      guard let id = id(of: accelerator, on: machine) else { continue }
      let isVisionOnly = id == "edge-tpu" || id == "embedded-npu"
      if isVisionOnly && isLanguageModel { continue }
      if accelerator.kind == .npu, !situation.suitsStaticShapes {
        ids.append(id)
      } else {
        let place = accelerator.kind == .npu || isVisionOnly ? 0 : ids.count
        ids.insert(id, at: place)
      }
    }
    if let id = processorID(machine) { ids.append(id) }
    // A discrete GPU of another vendor does the work before an integrated one.
    let first = ["jetson", "nvidia-gpu"].first { ids.contains($0) }
    if let first { ids = [first] + ids.filter { $0 != first } }
    var seen: Set<String> = []
    return ids.filter { seen.insert($0).inserted }
  }

  private static func id(of accelerator: Situation.Accelerator, on machine: Situation.Machine) -> String? {
    switch (accelerator.kind, accelerator.vendor) {
    case (.gpu, "nvidia"): machine.deviceClass == .jetson ? "jetson" : "nvidia-gpu"
    case (.gpu, "intel"): "intel-gpu"
    case (.npu, "intel"): "intel-npu"
    case (.gpu, "amd"): accelerator.sharesMemory == true ? "amd-apu" : "amd-gpu"
    case (.npu, "amd"): "amd-apu"
    case (.tpu, "google"): "edge-tpu"
    case (.npu, "hailo"), (.npu, "nxp"), (.npu, "verisilicon"), (.vpu, _): "embedded-npu"
    default: nil
    }
  }

  private static func processorID(_ machine: Situation.Machine) -> String? {
    if machine.deviceClass == .jetson { return "jetson" }
    switch (machine.architecture, machine.cpuVendor) {
    case (.x86_64?, "intel"), (nil, "intel"): return "intel-cpu"
    case (.x86_64?, "amd"), (nil, "amd"): return "amd-cpu"
    case (.arm64?, _), (.arm32?, _):
      let isServer = machine.deviceClass == .server || (machine.physicalCores ?? 0) >= 32
      return isServer ? "arm-server" : "arm-board"
    case (nil, nil): return nil
    default: return "generic-cpu"
    }
  }
}

extension Situation {
  /// Whether the goals fit an NPU's static shapes: one request at a time and a prompt of 1024 tokens at most, which is
  /// the default of OpenVINO's NPU pipeline.
  package var suitsStaticShapes: Bool {
    (goals.contextLength ?? 1024) <= 1024 + 128 && (goals.concurrentRequests ?? 1) == 1
  }
}

extension Situation.Machine {
  fileprivate func has(_ vendor: String) -> Bool {
    cpuVendor == vendor || accelerators?.contains { $0.vendor == vendor } == true
  }
}
