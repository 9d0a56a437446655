/// A device on the PCI bus.
struct PCIDevice {
  static let nvidia = 0x10de

  /// Its folder in sysfs.
  let folder: String
  /// Its place on the bus, such as `0000:01:00.0`.
  let address: String
  let vendorID: Int
  let deviceID: Int
  /// Class, subclass and programming interface.
  let classCode: Int
  let driver: String?

  /// The device in a folder of sysfs, or nil when the folder has no identity.
  init?(_ files: SystemFiles, folder: String) {
    guard let vendor = files.line(folder + "/vendor").flatMap(hexadecimal),
      let device = files.line(folder + "/device").flatMap(hexadecimal)
    else { return nil }
    self.folder = folder
    let uevent = files.text(folder + "/uevent", cap: 4096)?.keyed(by: "=") ?? [:]
    address = uevent["PCI_SLOT_NAME"] ?? folder.split(separator: "/").last.map(String.init) ?? folder
    vendorID = vendor
    deviceID = device
    classCode = files.line(folder + "/class").flatMap(hexadecimal) ?? 0
    driver = uevent["DRIVER"]
  }

  /// Every device on the bus, at most 1024.
  static func all(_ files: SystemFiles) -> [PCIDevice] {
    let base = "/sys/bus/pci/devices"
    return files.entries(base).prefix(1024).compactMap { PCIDevice(files, folder: base + "/" + $0) }
  }

  /// Class 0x03: VGA, XGA, 3D and other display controllers.
  var isDisplay: Bool { classCode >> 16 == 0x03 }

  /// Class 0x12: processing accelerators.
  var isProcessingAccelerator: Bool { classCode >> 16 == 0x12 }

  /// Vendor and device numbers, `8086:7d55`.
  var identity: String { "\(four(vendorID)):\(four(deviceID))" }

  /// The maker, for those that make accelerators.
  var vendor: String? { Self.vendors[vendorID] }

  /// From the PCI identification list of the PCI-SIG.
  private static let vendors = [
    0x1002: "AMD", 0x1022: "AMD", 0x10de: "NVIDIA", 0x8086: "Intel", 0x17cb: "Qualcomm", 0x1ac1: "Google",
    0x1e60: "Hailo", 0x1da3: "Habana Labs", 0x1d0f: "Amazon", 0x1e52: "Tenstorrent", 0x1ed5: "Moore Threads",
    0x1ec8: "Axelera AI",
  ]

  private func four(_ number: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 4 - text.count)) + text
  }
}

/// The number in a text such as `0x8086`, or nil.
func hexadecimal(_ text: String) -> Int? {
  let digits = text.hasPrefix("0x") ? text.dropFirst(2) : Substring(text)
  guard digits.allSatisfy(\.isHexDigit), let value = Int(digits, radix: 16), value >= 0 else { return nil }
  return value
}
