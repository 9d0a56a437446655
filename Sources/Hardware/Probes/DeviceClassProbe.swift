/// Tells what class of device this is, in the words of the platform catalogue.
enum DeviceClassProbe {
  /// nil when neither the device tree nor the firmware tells.
  static func deviceClass(_ files: SystemFiles, power: PowerDescription?) -> String? {
    if files.exists("/system/build.prop") { return "phone" }
    if let bytes = files.bytes("/proc/device-tree/compatible", cap: 4096) {
      let names = String(decoding: bytes.map { $0 == 0 ? 32 : $0 }, as: UTF8.self)
      if names.contains("nvidia,tegra") { return "jetson" }
      let boards = ["raspberrypi", "rockchip", "radxa", "xunlong", "pine64", "allwinner", "amlogic", "hardkernel"]
      return boards.contains { names.contains($0) } ? "sbc" : nil
    }
    // System enclosure types of the DMTF's SMBIOS specification, 7.4.1.
    switch files.integer("/sys/class/dmi/id/chassis_type") {
    case 8, 9, 10, 14, 31, 32: return "x86-laptop"
    case 3, 4, 5, 6, 7, 13: return "x86"
    case 35, 36: return "x86-mini"
    case 17, 23, 28: return "x86-server"
    default: return power?.batteryFraction == nil ? nil : "x86-laptop"
    }
  }
}
