/// Reads main memory and every limit on it.
enum MemoryProbe {
  /// Memory in total, available and within limits.
  static func memory(_ files: SystemFiles, _ missing: inout [NotFound]) -> MemoryDescription {
    let info = files.text("/proc/meminfo")?.keyed(by: ":") ?? [:]
    let total = kibibytes(info["MemTotal"])
    // MemAvailable came with Linux 3.14; before that free memory and file cache are the nearest there is.
    var available = kibibytes(info["MemAvailable"])
    if available == nil, let free = kibibytes(info["MemFree"]) {
      available = sum(free, sum(kibibytes(info["Buffers"]) ?? 0, kibibytes(info["Cached"]) ?? 0))
    }
    if let total, let bytes = available { available = min(bytes, total) }
    if total == nil { missing.append(NotFound(what: "total memory", lookedAt: ["MemTotal in /proc/meminfo"])) }
    let groups = ControlGroups(files)
    let limits =
      unified(groups, files, total) + versionOne(groups, files, total) + processLimits(files)
      + commitLimit(info, files)
    if limits.isEmpty {
      let folders =
        groups.unified.prefix(1).map { $0 + "/memory.max and memory.high" }
        + groups.versionOne("memory").prefix(1).map { $0 + "/memory.limit_in_bytes" }
      missing.append(
        NotFound(
          what: "limit on memory",
          lookedAt: (folders.isEmpty ? ["/proc/self/cgroup"] : folders)
            + ["/proc/self/limits", "/proc/sys/vm/overcommit_memory"]))
    }
    return MemoryDescription(
      totalBytes: total, availableBytes: available, swapTotalBytes: kibibytes(info["SwapTotal"]),
      swapFreeBytes: kibibytes(info["SwapFree"]), limits: limits)
  }

  /// Version 2: of a group's use, the file cache on both lists is given back on demand; shared memory is not on them.
  private static func unified(_ groups: ControlGroups, _ files: SystemFiles, _ total: Int?) -> [MemoryLimit] {
    groups.unified.flatMap { folder -> [MemoryLimit] in
      let statistics = files.text(folder + "/memory.stat")?.keyed(by: " ") ?? [:]
      let cache = sum(count(statistics["inactive_file"]) ?? 0, count(statistics["active_file"]) ?? 0)
      let used = files.integer(folder + "/memory.current").flatMap { $0 >= 0 ? $0 : nil }
      let names: [(String, MemoryLimit.Kind)] = [("memory.max", .controlGroupV2), ("memory.high", .controlGroupV2High)]
      return names.compactMap { name, kind in
        limit(kind, files.integer(folder + "/" + name), used, cache, folder + "/" + name, total)
      }
    }
  }

  /// Version 1: the same, with the statistics of the whole subtree.
  private static func versionOne(_ groups: ControlGroups, _ files: SystemFiles, _ total: Int?) -> [MemoryLimit] {
    groups.versionOne("memory").compactMap { folder in
      let statistics = files.text(folder + "/memory.stat")?.keyed(by: " ") ?? [:]
      let cache = sum(count(statistics["total_inactive_file"]) ?? 0, count(statistics["total_active_file"]) ?? 0)
      let used = files.integer(folder + "/memory.usage_in_bytes").flatMap { $0 >= 0 ? $0 : nil }
      return limit(
        .controlGroupV1, files.integer(folder + "/memory.limit_in_bytes"), used, cache,
        folder + "/memory.limit_in_bytes", total)
    }
  }

  /// A limit at or above the whole memory is none: version 1 writes 2^63 less a page for "unlimited".
  private static func limit(
    _ kind: MemoryLimit.Kind, _ bytes: Int?, _ used: Int?, _ cache: Int, _ source: String, _ total: Int?
  ) -> MemoryLimit? {
    guard let bytes, bytes >= 0, bytes < (total ?? Int.max), bytes < 1 << 62 else { return nil }
    return MemoryLimit(
      kind: kind, bytes: bytes, usedBytes: used, reclaimableBytes: min(cache, used ?? 0), source: source)
  }

  /// `ulimit -v` and `-d`, less what the process has of each already.
  private static func processLimits(_ files: SystemFiles) -> [MemoryLimit] {
    let lines = (files.text("/proc/self/limits") ?? "").split(whereSeparator: \.isNewline)
    let status = files.text("/proc/self/status")?.keyed(by: ":") ?? [:]
    let rows: [(String, String, MemoryLimit.Kind)] = [
      ("Max address space", "VmSize", .addressSpace), ("Max data size", "VmData", .dataSegment),
    ]
    return rows.compactMap { row, used, kind in
      guard let line = lines.first(where: { $0.hasPrefix(row) }),
        let soft = line.dropFirst(row.count).fields.first.flatMap({ Int($0) }), soft >= 0
      else { return nil }
      return MemoryLimit(
        kind: kind, bytes: soft, usedBytes: kibibytes(status[used]), source: "/proc/self/limits: \(row)")
    }
  }

  /// With strict accounting (overcommit_memory 2) promises beyond CommitLimit are refused, used or not.
  private static func commitLimit(_ info: [String: String], _ files: SystemFiles) -> [MemoryLimit] {
    guard files.integer("/proc/sys/vm/overcommit_memory") == 2, let bytes = kibibytes(info["CommitLimit"]) else {
      return []
    }
    return [
      MemoryLimit(
        kind: .commit, bytes: bytes, usedBytes: kibibytes(info["Committed_AS"]),
        source: "CommitLimit in /proc/meminfo, /proc/sys/vm/overcommit_memory is 2")
    ]
  }

  private static func kibibytes(_ text: String?) -> Int? {
    guard let value = text?.fields.first.flatMap({ Int($0) }), value >= 0 else { return nil }
    let (bytes, overflow) = value.multipliedReportingOverflow(by: 1024)
    return overflow ? nil : bytes
  }

  private static func count(_ text: String?) -> Int? { text.flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil } }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? Int.max : sum
  }
}
