/// Names of Arm cores by the implementer and part numbers of their main identification register.
///
/// The numbers are those of each vendor's technical reference manual for MIDR_EL1, as lscpu lists them too.
enum ArmPart {
  private static let vendors: [Int: String] = [
    0x41: "ARM", 0x42: "Broadcom", 0x43: "Cavium", 0x46: "Fujitsu", 0x48: "HiSilicon", 0x4e: "NVIDIA",
    0x50: "Applied Micro",
    0x51: "Qualcomm", 0x53: "Samsung", 0x61: "Apple", 0x6d: "Microsoft", 0xc0: "Ampere",
  ]

  private static let parts: [Int: [Int: String]] = [
    0x41: [
      0xd03: "Cortex-A53", 0xd04: "Cortex-A35", 0xd05: "Cortex-A55", 0xd07: "Cortex-A57", 0xd08: "Cortex-A72",
      0xd09: "Cortex-A73", 0xd0a: "Cortex-A75", 0xd0b: "Cortex-A76", 0xd0c: "Neoverse-N1", 0xd0d: "Cortex-A77",
      0xd40: "Neoverse-V1", 0xd41: "Cortex-A78", 0xd42: "Cortex-A78AE", 0xd44: "Cortex-X1", 0xd46: "Cortex-A510",
      0xd47: "Cortex-A710", 0xd48: "Cortex-X2", 0xd49: "Neoverse-N2", 0xd4b: "Cortex-A78C", 0xd4d: "Cortex-A715",
      0xd4e: "Cortex-X3", 0xd4f: "Neoverse-V2", 0xd80: "Cortex-A520", 0xd81: "Cortex-A720", 0xd82: "Cortex-X4",
      0xd83: "Neoverse-V3AE", 0xd84: "Neoverse-V3", 0xd85: "Cortex-X925", 0xd87: "Cortex-A725", 0xd8e: "Neoverse-N3",
    ],
    0x4e: [0x004: "Carmel"],
    0x51: [0x001: "Oryon"],
    0xc0: [0xac3: "Ampere-1", 0xac4: "Ampere-1a"],
  ]

  /// The maker of a core by the number in `CPU implementer`, or nil when it is not known.
  static func vendor(_ implementer: String) -> String? { number(implementer).flatMap { vendors[$0] } }

  /// The name of each processor in a cpuinfo text, by processor number; unknown cores by their numbers.
  static func byProcessor(cpuinfo: String) -> [Int: String] {
    var result: [Int: String] = [:]
    var processor: Int?
    var implementer: Int?
    for line in cpuinfo.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].trimmed
      switch line[..<colon].trimmed {
      case "processor": processor = Int(value)
      case "CPU implementer": implementer = number(value)
      case "CPU part":
        guard let processor, let implementer, let part = number(value) else { continue }
        result[processor] =
          parts[implementer]?[part] ?? "\(vendors[implementer] ?? "core") 0x\(String(part, radix: 16))"
      default: break
      }
    }
    return result
  }

  /// The distinct names in a cpuinfo text, in the order of their processors.
  static func names(cpuinfo: String) -> [String] {
    var names: [String] = []
    for (_, name) in byProcessor(cpuinfo: cpuinfo).sorted(by: { $0.key < $1.key }) where !names.contains(name) {
      names.append(name)
    }
    return names
  }

  private static func number(_ text: String) -> Int? {
    text.hasPrefix("0x") ? Int(text.dropFirst(2), radix: 16) : Int(text)
  }
}
