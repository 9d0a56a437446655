/// Finds NVIDIA GPUs: by the management library, by `nvidia-smi`, or on a Jetson by the device tree.
enum NVIDIAProbe {
  private static let query = [
    "--query-gpu=name,memory.total,memory.free,driver_version,compute_cap", "--format=csv,noheader,nounits",
  ]

  static func accelerators(
    _ files: SystemFiles, _ calls: SystemCalls, _ devices: [PCIDevice], _ missing: inout [NotFound]
  ) -> [AcceleratorDescription] {
    let jetson = tegra(files)
    if !jetson.isEmpty { return jetson }
    let library = calls.nvidiaManagement()
    if let library, !library.isEmpty { return library }
    var lookedAt = ["libnvidia-ml.so.1" + (library == nil ? "" : " (no GPU)")]
    if let program = files.program("nvidia-smi", wellKnown: ["/usr/lib/wsl/lib", "/usr/local/nvidia/bin"]) {
      // Two seconds: without its persistence daemon the driver takes about one to start.
      if let text = ProgramOutput.of(files.root + program, query, deadlineSeconds: 2) {
        let found = parse(text, source: program)
        if !found.isEmpty { return found }
      }
      lookedAt.append(program + " (no usable answer)")
    } else {
      lookedAt.append("nvidia-smi in PATH, /usr/lib/wsl/lib and /usr/local/nvidia/bin")
    }
    lookedAt += ["/proc/device-tree/compatible", "/sys/bus/pci/devices/*/vendor"]
    if !devices.contains(where: { $0.vendorID == PCIDevice.nvidia && $0.isDisplay }) {
      missing.append(NotFound(what: "NVIDIA GPU", lookedAt: lookedAt))
    } else {
      missing.append(NotFound(what: "driver of the NVIDIA GPU on the PCI bus", lookedAt: lookedAt))
    }
    return []
  }

  /// Lines of `name, MiB, MiB, driver, capability`; fields that are not numbers (`[N/A]`) are unknown.
  static func parse(_ text: String, source: String) -> [AcceleratorDescription] {
    text.split(whereSeparator: \.isNewline).prefix(64).compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
      guard fields.count >= 5, !fields[0].isEmpty else { return nil }
      func mebibytes(_ text: String) -> Int? {
        guard let value = Int(text), value >= 0, value < 1 << 40 else { return nil }
        return value << 20
      }
      return AcceleratorDescription(
        kind: .gpu, vendor: "NVIDIA", name: fields[0], memoryBytes: mebibytes(fields[1]),
        freeMemoryBytes: mebibytes(fields[2]), driver: fields[3],
        unifiedMemory: mebibytes(fields[1]) == nil ? nil : false,
        computeCapability: Double(fields[4]) == nil ? nil : fields[4], source: source)
    }
  }

  /// The chips of Jetson modules with the compute capability that NVIDIA's CUDA GPU list gives for them.
  private static let chips: [(compatible: String, name: String, capability: String)] = [
    ("nvidia,tegra264", "Thor", "11.0"), ("nvidia,tegra234", "Orin", "8.7"), ("nvidia,tegra194", "Xavier", "7.2"),
    ("nvidia,tegra186", "TX2", "6.2"), ("nvidia,tegra210", "Tegra X1", "5.3"),
  ]

  private static func tegra(_ files: SystemFiles) -> [AcceleratorDescription] {
    guard let bytes = files.bytes("/proc/device-tree/compatible", cap: 4096) else { return [] }
    let names = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self).trimmed }
    guard let chip = chips.first(where: { names.contains($0.compatible) }) else { return [] }
    let model = files.line("/proc/device-tree/model") ?? chip.name
    return [
      AcceleratorDescription(
        kind: .gpu, vendor: "NVIDIA", name: "\(chip.name) GPU of \(model)",
        driver: files.line("/etc/nv_tegra_release").map { "L4T \($0)" }, unifiedMemory: true,
        computeCapability: chip.capability, source: "/proc/device-tree/compatible: \(chip.compatible)")
    ]
  }
}
