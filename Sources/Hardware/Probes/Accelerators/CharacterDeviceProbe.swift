/// Finds accelerators that show themselves by a driver's device or as a USB device.
enum CharacterDeviceProbe {
  static var places: [String] { devices.map { $0.path } + ["/sys/bus/usb/devices/*/idVendor"] }

  static func accelerators(_ files: SystemFiles) -> [AcceleratorDescription] {
    devices.flatMap { device -> [AcceleratorDescription] in
      let slash = device.path.lastIndex(of: "/") ?? device.path.startIndex
      let folder = String(device.path[..<slash])
      // A name with one star: what stands before and after it.
      let name = device.path[device.path.index(after: slash)...]
      let (start, end) = (name.prefix { $0 != "*" }, name.drop { $0 != "*" }.dropFirst())
      return files.entries(folder).filter { $0.hasPrefix(start) && $0.hasSuffix(end) }.prefix(64).map { entry in
        AcceleratorDescription(
          kind: device.kind, vendor: device.vendor, name: device.name, driver: device.driver,
          unifiedMemory: device.unified, source: "\(folder)/\(entry)")
      }
    } + onUSB(files)
  }

  private struct Device {
    let path: String
    let kind: AcceleratorDescription.Kind
    let vendor: String
    let name: String
    let driver: String
    let unified: Bool
  }

  private static let devices = [
    Device(
      path: "/sys/class/apex/apex_*", kind: .tpu, vendor: "Google", name: "Coral Edge TPU (PCIe)", driver: "apex",
      unified: false),
    Device(
      path: "/sys/class/hailo_chardev/hailo*", kind: .npu, vendor: "Hailo", name: "Hailo NPU", driver: "hailo_pci",
      unified: false),
    Device(
      path: "/sys/bus/platform/drivers/RKNPU/*.npu", kind: .npu, vendor: "Rockchip", name: "Rockchip RKNPU",
      driver: "RKNPU", unified: true),
  ]

  /// Vendor and product numbers of sticks: the Edge TPU before and after its firmware is loaded, and Intel's Myriad X.
  private static let sticks: [String: (kind: AcceleratorDescription.Kind, vendor: String, name: String)] = [
    "1a6e:089a": (.tpu, "Google", "Coral Edge TPU (USB)"), "18d1:9302": (.tpu, "Google", "Coral Edge TPU (USB)"),
    "03e7:2485": (.vpu, "Intel", "Movidius Myriad X"), "03e7:2150": (.vpu, "Intel", "Movidius Myriad 2"),
  ]

  private static func onUSB(_ files: SystemFiles) -> [AcceleratorDescription] {
    let base = "/sys/bus/usb/devices"
    return files.entries(base).prefix(512).compactMap { entry in
      guard let vendor = files.line("\(base)/\(entry)/idVendor"),
        let product = files.line("\(base)/\(entry)/idProduct"),
        let stick = sticks["\(vendor):\(product)"]
      else { return nil }
      return AcceleratorDescription(
        kind: stick.kind, vendor: stick.vendor, name: stick.name, unifiedMemory: false, source: "\(base)/\(entry)")
    }
  }
}
