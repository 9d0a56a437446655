package import Benchmarking
package import Hardware

/// What makes a machine faster or slower from one day to the next and can be read without measuring, in microseconds.
package struct MachineCondition: Codable, Sendable, Hashable {
  /// The mean of the frequencies that processors may reach.
  package var allowedHertz: Int?
  /// Whether processors may go beyond their base frequency.
  package var isBoostAllowed: Bool?
  package var powerSource: PowerDescription.Source?
  /// How many processors others than Edgewise keep busy; nil when the kernel does not tell.
  package var othersBusyCores: Double?
  /// What the firmware or a thermal zone says against full speed; nil when nothing does.
  package var throttleSign: String?

  /// Processors alike have limits alike: so many of them are looked at.
  private static let mostProcessors = 16

  /// Reads the condition of `machine`, of which the power source is taken as it was read; `ticks` are those of now, and `before`
  /// those of `seconds` ago, if there was a look then.
  package init(
    _ machine: MachineDescription, files: SystemFiles = .thisMachine, ticks: ProcessorTicks? = nil,
    before: ProcessorTicks? = nil, seconds: Double = 0
  ) {
    let base = "/sys/devices/system/cpu"
    let online = kernelList(files.line(base + "/online") ?? "")
    let step = max(1, online.count / Self.mostProcessors)
    let limits = stride(from: 0, to: online.count, by: step).compactMap { place -> Int? in
      let limit = files.integer("\(base)/cpu\(online[place])/cpufreq/scaling_max_freq")
      return limit.flatMap { (1...100_000_000).contains($0) ? $0 : nil }
    }
    allowedHertz = limits.isEmpty ? nil : limits.reduce(0, +) / limits.count * 1000
    if let off = files.integer(base + "/intel_pstate/no_turbo") {
      isBoostAllowed = off == 0
    } else if let on = files.integer(base + "/cpufreq/boost") {
      isBoostAllowed = on != 0
    }
    powerSource = machine.power?.source
    othersBusyCores = OthersLoad.cores(files, processors: online.count, now: ticks, since: before, seconds: seconds)
    throttleSign = Self.throttleSign(files)
  }

  private static func throttleSign(_ files: SystemFiles) -> String? {
    // Bits 0 to 3: under-voltage, frequency capped, throttled, soft temperature limit (vcgencmd get_throttled).
    let flags = files.line("/sys/devices/platform/soc/soc:firmware/get_throttled").flatMap { Int($0, radix: 16) }
    if let flags, flags & 0xF != 0 { return "the firmware reports throttling or low voltage" }
    let hot = ThermalProbe.zones(files).first { zone in
      zone.throttleCelsius.map { zone.temperatureCelsius >= $0 } ?? false
    }
    return hot.map { "thermal zone \($0.name) is at its throttle point" }
  }

  /// Why the machine runs slower than under another condition, each as a sentence; empty when nothing tells that it does.
  package func slowdowns(since then: MachineCondition, cores: Int) -> [String] {
    var result: [String] = []
    if let now = allowedHertz, let before = then.allowedHertz, Double(now) < 0.95 * Double(before) {
      result.append(
        "Processors may reach \(now / 1_000_000) MHz now, and \(before / 1_000_000) MHz when the profile was measured: "
          + "rates are too high until that changes back.")
    }
    if isBoostAllowed == false, then.isBoostAllowed == true {
      result.append(
        "Processors may not go beyond their base frequency now, as they could when the profile was measured.")
    }
    if powerSource == .battery, then.powerSource != .battery {
      result.append("The machine runs on its battery now, and did not when the profile was measured.")
    }
    if let throttleSign, then.throttleSign == nil {
      result.append("The machine is throttled: \(throttleSign).")
    }
    // Half of the processors is more than what a shell and a desktop want.
    if let now = othersBusyCores, now - (then.othersBusyCores ?? 0) > 0.5 * Double(max(1, cores)) {
      result.append(
        "Other programs keep \(Self.tenths(now)) of \(cores) core\(cores == 1 ? "" : "s") busy now, and kept "
          + "\(Self.tenths(then.othersBusyCores ?? 0)) when the profile was measured: they leave less of the machine.")
    }
    return result
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((min(value, 1e6) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
