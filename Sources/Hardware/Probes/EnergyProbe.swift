/// Finds counters of energy and sensors of power.
enum EnergyProbe {
  static func counters(_ files: SystemFiles, _ missing: inout [NotFound]) -> [EnergyCounter] {
    let found = powercap(files) + hardwareMonitors(files)
    if found.isEmpty {
      missing.append(
        NotFound(
          what: "energy counters",
          lookedAt: ["/sys/class/powercap/intel-rapl:*", "/sys/class/hwmon/hwmon*/energy1_input and power1_input"]))
    }
    return found
  }

  /// RAPL of Intel and AMD processors.
  private static func powercap(_ files: SystemFiles) -> [EnergyCounter] {
    let base = "/sys/class/powercap"
    return files.entries(base).filter { $0.contains("rapl:") }.prefix(64).map { entry in
      counter(files, name: files.line("\(base)/\(entry)/name") ?? entry, path: "\(base)/\(entry)/energy_uj")
    }
  }

  private static func hardwareMonitors(_ files: SystemFiles) -> [EnergyCounter] {
    let base = "/sys/class/hwmon"
    return files.entries(base).prefix(128).flatMap { entry -> [EnergyCounter] in
      let folder = "\(base)/\(entry)"
      let name = files.line(folder + "/name") ?? entry
      return ["energy1_input", "power1_input", "power1_average"].filter { files.exists("\(folder)/\($0)") }
        .map { counter(files, name: name, path: "\(folder)/\($0)") }
    }
  }

  private static func counter(_ files: SystemFiles, name: String, path: String) -> EnergyCounter {
    if !files.isReadable(path) {
      let reason =
        files.exists(path)
        ? "only root may read it (a side channel was closed this way in 2020); grant it with: sudo chmod a+r \(path)"
        : "the file is absent"
      return EnergyCounter(name: name, path: path, readable: false, reason: reason)
    }
    guard let value = files.integer(path), value >= 0 else {
      return EnergyCounter(name: name, path: path, readable: false, reason: "it holds no number")
    }
    return EnergyCounter(name: name, path: path, readable: true)
  }
}
