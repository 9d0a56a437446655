/// Finds accelerators in `/sys/class/accel`, where the kernel puts NPUs.
enum AccelClassProbe {
  static func accelerators(_ files: SystemFiles) -> [AcceleratorDescription] {
    let base = "/sys/class/accel"
    return files.entries(base).filter { $0.hasPrefix("accel") }.prefix(64).map { entry in
      let folder = "\(base)/\(entry)/device"
      let uevent = files.text(folder + "/uevent", cap: 4096)?.keyed(by: "=") ?? [:]
      let driver = uevent["DRIVER"]
      let device = PCIDevice(files, folder: folder)
      let known = driver.flatMap { drivers[$0] }
      let identity = device.map { " \($0.identity)" } ?? uevent["OF_COMPATIBLE_0"].map { " \($0)" } ?? ""
      return AcceleratorDescription(
        kind: known?.kind ?? .unknown, vendor: known?.vendor ?? device?.vendor,
        name: (known?.name ?? "accelerator") + identity, driver: driver, unifiedMemory: known?.unified,
        source: "\(base)/\(entry)" + (device.map { " at \($0.address)" } ?? ""))
    }
  }

  private struct Driver {
    let kind: AcceleratorDescription.Kind
    let vendor: String
    let name: String
    var unified: Bool?
  }

  /// The drivers in `drivers/accel` of Linux.
  private static let drivers = [
    "intel_vpu": Driver(kind: .npu, vendor: "Intel", name: "Intel NPU", unified: true),
    "amdxdna": Driver(kind: .npu, vendor: "AMD", name: "AMD XDNA NPU", unified: true),
    "rocket": Driver(kind: .npu, vendor: "Rockchip", name: "Rockchip NPU", unified: true),
    "ethosu": Driver(kind: .npu, vendor: "ARM", name: "Arm Ethos-U NPU", unified: true),
    "qaic": Driver(kind: .npu, vendor: "Qualcomm", name: "Qualcomm Cloud AI", unified: false),
    "habanalabs": Driver(kind: .npu, vendor: "Intel", name: "Habana Gaudi", unified: false),
  ]
}
