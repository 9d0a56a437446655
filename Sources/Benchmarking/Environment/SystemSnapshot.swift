package import Hardware

/// The counters of the kernel at one moment; two of them tell what happened in between.
package struct SystemSnapshot: Codable, Sendable, Hashable {
  /// Time in ticks since boot, summed over all processors.
  package var totalTicks: Int?
  /// The part of `totalTicks` in which a processor did anything.
  package var busyTicks: Int?
  /// The part of `totalTicks` that the hypervisor gave to others.
  package var stolenTicks: Int?
  /// The ticks that this process used, with the programs that it started and that ended.
  package var ownTicks: Int?
  package var logicalCores: Int?
  /// The load average over one minute.
  package var loadAverage: Double?
  /// The mean of the current frequencies of all processors.
  package var frequencyHertz: Int?
  /// How often processors were slowed down for their temperature, summed over cores and packages.
  package var thermalThrottleCount: Int?
  /// How often the control group's quota stopped this process.
  package var quotaThrottleCount: Int?
  /// The hottest thermal zone.
  package var hottestCelsius: Double?
  /// A zone at or above the temperature at which the kernel slows the machine down.
  package var zoneAtThrottlePoint: String?
  /// Whether a Raspberry Pi's firmware says that it is throttled or short of voltage now.
  package var firmwareThrottled: Bool?

  /// Reads all counters; what is absent or does not parse is nil.
  package init(files: SystemFiles = .thisMachine) {
    readProcessorTime(files)
    loadAverage = files.line("/proc/loadavg")?.fields.first.flatMap { Double($0) }
    readProcessors(files)
    quotaThrottleCount = Self.quotaThrottleCount(files)
    let zones = ThermalProbe.zones(files)
    hottestCelsius = zones.map(\.temperatureCelsius).max()
    zoneAtThrottlePoint =
      zones.first { zone in zone.throttleCelsius.map { zone.temperatureCelsius >= $0 } ?? false }?.name
    if let bits = files.line("/sys/devices/platform/soc/soc:firmware/get_throttled").flatMap({ Int($0, radix: 16) }) {
      // Bits 0 to 3: under-voltage, frequency capped, throttled, soft temperature limit (vcgencmd get_throttled).
      firmwareThrottled = bits & 0xF != 0
    }
  }

  private mutating func readProcessorTime(_ files: SystemFiles) {
    guard let ticks = ProcessorTicks(files: files) else { return }
    totalTicks = ticks.total
    busyTicks = ticks.busy
    stolenTicks = ticks.stolen
    ownTicks = ticks.own
  }

  private mutating func readProcessors(_ files: SystemFiles) {
    let base = "/sys/devices/system/cpu"
    let cores = kernelList(files.line(base + "/online") ?? "").prefix(1024)
    logicalCores = cores.isEmpty ? nil : cores.count
    var kilohertz: [Int] = []
    for core in cores {
      if let value = files.integer("\(base)/cpu\(core)/cpufreq/scaling_cur_freq"), (1...100_000_000).contains(value) {
        kilohertz.append(value)
      }
      for name in ["core_throttle_count", "package_throttle_count"] {
        guard let count = files.integer("\(base)/cpu\(core)/thermal_throttle/\(name)"), count >= 0 else { continue }
        thermalThrottleCount = min((thermalThrottleCount ?? 0) + min(count, 1 << 40), 1 << 52)
      }
    }
    frequencyHertz = kilohertz.isEmpty ? nil : kilohertz.reduce(0, +) / kilohertz.count * 1000
  }

  private static func quotaThrottleCount(_ files: SystemFiles) -> Int? {
    for group in ControlGroups(files).folders(of: "cpu") {
      if let count = files.text(group + "/cpu.stat")?.keyed(by: " ")["nr_throttled"].flatMap({ Int($0) }), count >= 0 {
        return count
      }
    }
    return nil
  }
}
