/// Which logical cores share a physical one, and of which kind they are.
struct ProcessorTopology {
  private let files: SystemFiles
  /// The logical cores of each physical core, first one first.
  private let groups: [[Int]]

  init(_ files: SystemFiles, cores: [Int]) {
    self.files = files
    var seen: Set<Int> = []
    var groups: [[Int]] = []
    for core in cores {
      let folder = "\(ProcessorProbe.base)/cpu\(core)/topology/"
      guard let list = files.line(folder + "core_cpus_list") ?? files.line(folder + "thread_siblings_list") else {
        continue
      }
      let siblings = kernelList(list).filter { !seen.contains($0) }
      guard !seen.contains(core), !siblings.isEmpty else { continue }
      seen.formUnion(siblings)
      groups.append(siblings)
    }
    self.groups = groups
  }

  /// nil when sysfs has no topology.
  var physicalCores: Int? { groups.isEmpty ? nil : groups.count }

  /// The kinds of core, fastest first.
  ///
  /// Intel's hybrids list theirs in `/sys/devices/cpu_core` and `cpu_atom`; on Arm the names of the cores tell them
  /// apart, and otherwise the kernel's `cpu_capacity`.
  func kinds(cpuinfo: String) -> [ProcessorDescription.CoreKind] {
    guard !groups.isEmpty else { return [] }
    let big = Set(kernelList(files.line("/sys/devices/cpu_core/cpus") ?? ""))
    let small = Set(kernelList(files.line("/sys/devices/cpu_atom/cpus") ?? ""))
    let low = Set(kernelList(files.line("/sys/devices/cpu_lowpower/cpus") ?? ""))
    let arm = ArmPart.byProcessor(cpuinfo: cpuinfo)
    let capacities = groups.map { capacity($0[0]) }
    let mixed = Set(capacities.compactMap { $0 }).count > 1
    var found: [String: (count: Int, hertz: Int?, rank: Int)] = [:]
    for (group, capacity) in zip(groups, capacities) {
      let core = group[0]
      let name: String
      let rank: Int
      if big.contains(core) {
        (name, rank) = ("performance", 3 << 20)
      } else if low.contains(core) {
        (name, rank) = ("lowPower", 1 << 20)
      } else if small.contains(core) {
        (name, rank) = ("efficiency", 2 << 20)
      } else if let part = arm[core] {
        (name, rank) = (part, capacity ?? 0)
      } else {
        (name, rank) = (mixed ? "capacity \(capacity ?? 0)" : "uniform", capacity ?? 0)
      }
      let before = found[name] ?? (0, nil, rank)
      let hertz = [before.hertz, maximumHertz(core)].compactMap { $0 }.max()
      found[name] = (before.count + 1, hertz, rank)
    }
    return found.sorted { ($0.value.rank, $0.value.hertz ?? 0, $1.key) > ($1.value.rank, $1.value.hertz ?? 0, $0.key) }
      .map { ProcessorDescription.CoreKind(name: $0.key, count: $0.value.count, maximumHertz: $0.value.hertz) }
  }

  private func capacity(_ core: Int) -> Int? {
    files.integer("\(ProcessorProbe.base)/cpu\(core)/cpu_capacity").flatMap { (1...65536).contains($0) ? $0 : nil }
  }

  private func maximumHertz(_ core: Int) -> Int? {
    let kilohertz = files.integer("\(ProcessorProbe.base)/cpu\(core)/cpufreq/cpuinfo_max_freq")
    return kilohertz.flatMap { (1...100_000_000).contains($0) ? $0 * 1000 : nil }
  }
}
