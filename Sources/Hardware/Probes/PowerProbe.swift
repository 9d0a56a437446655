/// Reads what feeds the machine from `/sys/class/power_supply`.
enum PowerProbe {
  private static let base = "/sys/class/power_supply"

  /// The power source, or nil when the kernel lists none, as on most servers and boards.
  static func power(_ files: SystemFiles, _ missing: inout [NotFound]) -> PowerDescription? {
    var charges: [Double] = []
    var discharging = false
    var mains: Bool?
    for supply in files.entries(base).prefix(64) {
      let folder = "\(base)/\(supply)/"
      switch files.line(folder + "type") {
      case "Battery":
        // The battery of a mouse or a pen feeds only that.
        if files.line(folder + "scope") == "Device" { continue }
        guard let percent = files.integer(folder + "capacity"), (0...100).contains(percent) else { continue }
        charges.append(Double(percent) / 100)
        if files.line(folder + "status") == "Discharging" { discharging = true }
      case "Mains", "USB", "USB_C", "USB_PD":
        if let online = files.integer(folder + "online") { mains = (mains ?? false) || online == 1 }
      default: break
      }
    }
    let battery = charges.isEmpty ? nil : charges.reduce(0, +) / Double(charges.count)
    if mains == true { return PowerDescription(source: .mains, batteryFraction: battery, evidence: "\(base): online") }
    if discharging {
      return PowerDescription(source: .battery, batteryFraction: battery, evidence: "\(base): discharging")
    }
    if battery != nil, mains == false {
      return PowerDescription(source: .battery, batteryFraction: battery, evidence: "\(base): mains offline")
    }
    if battery != nil {
      return PowerDescription(source: .mains, batteryFraction: battery, evidence: "\(base): battery not discharging")
    }
    missing.append(NotFound(what: "power source", lookedAt: [base + "/*/type, online and status"]))
    return nil
  }
}
