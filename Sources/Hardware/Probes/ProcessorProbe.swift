/// Reads what the processors are from `/proc/cpuinfo` and `/sys/devices/system`.
enum ProcessorProbe {
  static let base = "/sys/devices/system/cpu"

  /// The processors; what the system does not tell stays nil.
  static func processor(_ files: SystemFiles, _ calls: SystemCalls, _ missing: inout [NotFound]) -> ProcessorDescription
  {
    // The first processor tells what all x86 processors are; hundreds of them are slow to list. Arm's may differ.
    var text = files.text("/proc/cpuinfo", cap: 8192) ?? ""
    if text.contains("CPU part") || !files.exists(base + "/online") { text = files.text("/proc/cpuinfo") ?? "" }
    let first = text.keyed(by: ":")
    let architecture = normalized(calls.architecture() ?? "unknown")
    let (sets, source) = instructionSets(first, calls, &missing)
    let cores = onlineCores(files, text)
    let topology = ProcessorTopology(files, cores: cores)
    var result = ProcessorDescription(
      vendor: vendor(first), model: model(first, text, files), architecture: architecture, instructionSets: sets,
      instructionSetsSource: source)
    result.logicalCores = cores.isEmpty ? nil : cores.count
    result.physicalCores = topology.physicalCores ?? physicalCores(files.text("/proc/cpuinfo") ?? "")
    result.coreKinds = topology.kinds(cpuinfo: text)
    result.caches = CacheProbe.caches(files, cores: cores)
    let nodes = kernelList(files.line("/sys/devices/system/node/online") ?? "")
    result.numaNodes = nodes.isEmpty ? nil : nodes.count
    result.virtualized = first["flags"].map { $0.fields.contains("hypervisor") }
    readGrant(files, online: cores, into: &result)
    if result.model == nil {
      missing.append(
        NotFound(what: "processor model", lookedAt: ["/proc/cpuinfo", "/proc/device-tree/model"]))
    }
    if result.physicalCores == nil {
      missing.append(NotFound(what: "physical cores", lookedAt: [base + "/cpu*/topology", "/proc/cpuinfo"]))
    }
    if result.caches.isEmpty {
      missing.append(NotFound(what: "caches", lookedAt: [base + "/cpu*/cache"]))
    }
    return result
  }

  /// The cores that this process may use, which may change while it runs.
  static func readGrant(_ files: SystemFiles, online: [Int], into processor: inout ProcessorDescription) {
    let status = files.text("/proc/self/status")?.keyed(by: ":") ?? [:]
    let known = Set(online)
    let allowed = kernelList(status["Cpus_allowed_list"] ?? "").filter { known.isEmpty || known.contains($0) }
    processor.affinityCores = allowed.isEmpty ? nil : allowed.count
    processor.quotaCores = quota(ControlGroups(files), files)
  }

  /// The usual name of an architecture.
  static func normalized(_ architecture: String) -> String {
    switch architecture {
    case "aarch64", "arm64", "armv8l": "arm64"
    case "amd64": "x86_64"
    default: architecture
    }
  }

  private static func instructionSets(
    _ cpuinfo: [String: String], _ calls: SystemCalls, _ missing: inout [NotFound]
  ) -> ([String], String) {
    if let sets = calls.instructionSets() {
      return (
        InstructionSet.names(sets), "asked of the processor (CPUID and XGETBV, or the kernel's hardware capabilities)"
      )
    }
    if let flags = cpuinfo["flags"] {
      return (
        InstructionSet.names(InstructionSet.fromFlags(flags)), "flags in /proc/cpuinfo, which the kernel has enabled"
      )
    }
    if let features = cpuinfo["Features"] {
      return (
        InstructionSet.names(InstructionSet.fromFeatures(features)),
        "Features in /proc/cpuinfo, the kernel's hardware capabilities"
      )
    }
    missing.append(NotFound(what: "instruction sets", lookedAt: ["flags and Features in /proc/cpuinfo"]))
    return ([], "not found")
  }

  private static func onlineCores(_ files: SystemFiles, _ cpuinfo: String) -> [Int] {
    let online = kernelList(files.line(base + "/online") ?? "")
    if !online.isEmpty { return Array(online.prefix(4096)) }
    let count = cpuinfo.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("processor") }.count
    return Array(0..<min(count, 4096))
  }

  /// Distinct pairs of package and core in `/proc/cpuinfo`, for kernels without a topology in sysfs.
  private static func physicalCores(_ text: String) -> Int? {
    var pairs: Set<String> = []
    var package = ""
    for line in text.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("physical id") { package = String(line) }
      if line.hasPrefix("core id") { pairs.insert(package + String(line)) }
    }
    return pairs.isEmpty ? nil : pairs.count
  }

  private static func vendor(_ cpuinfo: [String: String]) -> String? {
    switch cpuinfo["vendor_id"] {
    case "GenuineIntel": return "Intel"
    case "AuthenticAMD": return "AMD"
    case "HygonGenuine": return "Hygon"
    case let other?: return other
    case nil: return cpuinfo["CPU implementer"].flatMap(ArmPart.vendor)
    }
  }

  private static func model(_ cpuinfo: [String: String], _ text: String, _ files: SystemFiles) -> String? {
    if let name = cpuinfo["model name"], !name.isEmpty { return name }
    let cores = ArmPart.names(cpuinfo: text)
    if !cores.isEmpty { return cores.joined(separator: " + ") }
    return files.line("/proc/device-tree/model")
  }

  /// The least processor time, in cores, that any enclosing control group grants.
  private static func quota(_ groups: ControlGroups, _ files: SystemFiles) -> Double? {
    func cores(_ quota: Int?, _ period: Int?) -> Double? {
      guard let quota, let period, quota > 0, period > 0 else { return nil }
      return Double(quota) / Double(period)
    }
    var found: [Double] = []
    for folder in groups.unified {
      // "max 100000" or "200000 100000".
      let fields = (files.line(folder + "/cpu.max") ?? "").fields
      if fields.count == 2, let value = cores(Int(fields[0]), Int(fields[1])) { found.append(value) }
    }
    for folder in groups.versionOne("cpu") {
      if let value = cores(files.integer(folder + "/cpu.cfs_quota_us"), files.integer(folder + "/cpu.cfs_period_us")) {
        found.append(value)
      }
    }
    return found.min()
  }
}
