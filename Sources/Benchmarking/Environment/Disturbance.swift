/// What disturbed a measurement, from the counters before and after it.
package struct Disturbance: Codable, Sendable, Hashable {
  /// How many cores other processes kept busy on average; nil when the counters do not tell.
  package var othersBusyCores: Double?
  /// The fraction of all processor time that the hypervisor gave to others.
  package var stolenFraction: Double?
  package var throttling: Throttling
  /// Each sign of disturbance as a sentence; empty when none was seen.
  package var signs: [String]
  /// What could not be looked at on this machine.
  package var unknown: [String]

  /// Whether the machine was slowed down.
  package enum Throttling: String, Codable, Sendable, CaseIterable {
    case none, seen
    /// Nothing on this machine tells about throttling.
    case unknown
  }

  /// Compares two moments of one machine.
  package init(before: SystemSnapshot, after: SystemSnapshot) {
    signs = []
    unknown = []
    throttling = .none
    readProcessorTime(before, after)
    readThrottling(before, after)
  }

  private mutating func readProcessorTime(_ before: SystemSnapshot, _ after: SystemSnapshot) {
    guard let total = difference(before.totalTicks, after.totalTicks), total > 0,
      let busy = difference(before.busyTicks, after.busyTicks)
    else {
      unknown.append("load of other processes: /proc/stat has too little")
      return
    }
    let cores = Double(max(1, after.logicalCores ?? 1))
    let own = difference(before.ownTicks, after.ownTicks) ?? 0
    let others = max(0, Double(busy - own)) / Double(total) * cores
    othersBusyCores = others
    if others > 0.1 { signs.append("other processes kept \(rounded(others)) of \(Int(cores)) cores busy") }
    if let stolen = difference(before.stolenTicks, after.stolenTicks) {
      let fraction = Double(stolen) / Double(total)
      stolenFraction = fraction
      if fraction > 0.01 { signs.append("the hypervisor gave \(rounded(fraction * 100)) % of the time to others") }
    }
  }

  private mutating func readThrottling(_ before: SystemSnapshot, _ after: SystemSnapshot) {
    var looked = false
    var seen: [String] = []
    if let events = difference(before.thermalThrottleCount, after.thermalThrottleCount) {
      looked = true
      if events > 0 { seen.append("processors were slowed down for their temperature (\(events) events)") }
    }
    if let flag = after.firmwareThrottled {
      looked = true
      if flag { seen.append("the firmware reports throttling or low voltage") }
    }
    if after.hottestCelsius != nil {
      looked = true
      if let zone = after.zoneAtThrottlePoint { seen.append("thermal zone \(zone) is at its throttle point") }
    }
    if let from = before.frequencyHertz, let to = after.frequencyHertz {
      looked = true
      // A processor under load speeds up; one far below its first frequency was held back, not just out of its turbo.
      if Double(to) < 0.7 * Double(from) {
        seen.append("processor frequency fell from \(from / 1_000_000) to \(to / 1_000_000) MHz")
      }
    }
    if let stops = difference(before.quotaThrottleCount, after.quotaThrottleCount), stops > 0 {
      looked = true
      seen.append("the control group's processor quota stopped the process \(stops) times")
    }
    signs += seen
    throttling = !seen.isEmpty ? .seen : looked ? .none : .unknown
    if !looked {
      unknown.append(
        "throttling: no thermal_throttle counters, thermal zones, cpufreq or firmware flags under /sys/devices and "
          + "/sys/class/thermal")
    }
  }

  private func difference(_ before: Int?, _ after: Int?) -> Int? {
    guard let before, let after, after >= before else { return nil }
    let (difference, overflow) = after.subtractingReportingOverflow(before)
    return overflow ? nil : difference
  }

  private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
