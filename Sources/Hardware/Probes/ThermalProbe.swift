/// Reads temperatures from `/sys/class/thermal`.
package enum ThermalProbe {
  /// The zones that report a believable temperature, in order.
  package static func zones(_ files: SystemFiles) -> [ThermalZone] {
    let base = "/sys/class/thermal"
    return files.entries(base).filter { $0.hasPrefix("thermal_zone") }.prefix(256).compactMap { entry in
      let folder = base + "/" + entry
      guard let temperature = celsius(files.integer(folder + "/temp")) else { return nil }
      return ThermalZone(
        name: files.line(folder + "/type") ?? entry, temperatureCelsius: temperature,
        throttleCelsius: throttlePoint(folder, files))
    }
  }

  /// The lowest passive trip point: there the kernel begins to slow processors down.
  private static func throttlePoint(_ folder: String, _ files: SystemFiles) -> Double? {
    (0..<16).compactMap { trip -> Double? in
      guard files.line("\(folder)/trip_point_\(trip)_type") == "passive" else { return nil }
      return celsius(files.integer("\(folder)/trip_point_\(trip)_temp")).flatMap { $0 > 0 ? $0 : nil }
    }.min()
  }

  /// Sensors that are off report absolute zero or worse; nothing that computes is hotter than 200 degrees.
  private static func celsius(_ thousandths: Int?) -> Double? {
    guard let thousandths, (-60_000...200_000).contains(thousandths) else { return nil }
    return Double(thousandths) / 1000
  }
}
