package import Hardware

/// How long processors worked since the system started, in ticks of the kernel's clock; two of them tell of the time between.
package struct ProcessorTicks: Sendable, Hashable {
  /// Summed over all processors, with the time in which they did nothing.
  package var total: Int
  /// The part of `total` in which a processor did anything for this system.
  package var busy: Int
  /// The part of `total` that the hypervisor gave to others.
  package var stolen: Int
  /// What this process and the programs that it started and that ended used; nil when the kernel does not tell.
  package var own: Int?

  /// Reads `/proc/stat` and `/proc/self/stat`; nil where there is none.
  package init?(files: SystemFiles = .thisMachine) {
    guard let line = files.line("/proc/stat"), line.hasPrefix("cpu ") else { return nil }
    // user nice system idle iowait irq softirq steal; guest time is part of user time already (proc_stat(5)).
    let ticks = line.fields.dropFirst().prefix(8).map { Int($0) ?? 0 }.map { min(max(0, $0), 1 << 55) }
    guard ticks.count >= 4 else { return nil }
    total = ticks.reduce(0, +)
    stolen = ticks.count > 7 ? ticks[7] : 0
    busy = total - ticks[3] - (ticks.count > 4 ? ticks[4] : 0) - stolen
    own = Self.ownTicks(files)
  }

  private static func ownTicks(_ files: SystemFiles) -> Int? {
    guard let stat = files.line("/proc/self/stat"), let end = stat.lastIndex(of: ")") else { return nil }
    // After the program's name, which may hold anything: utime, stime, cutime and cstime are fields 14 to 17, of which 2 are gone.
    let fields = stat[stat.index(after: end)...].fields
    guard fields.count > 14 else { return nil }
    let ticks = fields[11...14].map { Int($0) ?? -1 }
    guard ticks.allSatisfy({ (0...(1 << 55)).contains($0) }) else { return nil }
    return ticks.reduce(0, +)
  }

  /// The share of all processors' time that others than this process worked since `before`, 0...1; nil when too little time
  /// passed to tell, or the counters do not fit together.
  package func othersFraction(since before: ProcessorTicks) -> Double? {
    let passed = total - before.total
    // Less than half a second of one processor is counted too coarsely.
    guard passed >= 50, busy >= before.busy, let own, let ownBefore = before.own, own >= ownBefore else { return nil }
    return min(1, max(0, Double(busy - before.busy - (own - ownBefore)) / Double(passed)))
  }
}
