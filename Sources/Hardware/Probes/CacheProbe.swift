/// Reads caches from `/sys/devices/system/cpu/cpu*/cache`.
enum CacheProbe {
  /// One entry per kind of cache and size, by level.
  static func caches(_ files: SystemFiles, cores: [Int]) -> [ProcessorDescription.Cache] {
    var instances: [Key: Set<[Int]>] = [:]
    for core in cores.prefix(1024) {
      for index in 0..<8 {
        let folder = "\(ProcessorProbe.base)/cpu\(core)/cache/index\(index)/"
        guard let level = files.integer(folder + "level"), (1...8).contains(level) else { break }
        guard let bytes = files.line(folder + "size").flatMap(byteCount) else { continue }
        let kind = (files.line(folder + "type") ?? "unified").lowercased()
        let shared = files.line(folder + "shared_cpu_list").map(kernelList) ?? [core]
        instances[Key(level: level, kind: kind, bytes: bytes), default: []].insert(shared.isEmpty ? [core] : shared)
      }
    }
    return instances.map { key, groups in
      ProcessorDescription.Cache(
        level: key.level, kind: key.kind, bytes: key.bytes, sharedByCores: groups.map(\.count).max() ?? 1,
        instances: groups.count)
    }.sorted { ($0.level, $0.kind, $1.bytes) < ($1.level, $1.kind, $0.bytes) }
  }

  private struct Key: Hashable {
    let level: Int
    let kind: String
    let bytes: Int
  }

  /// The bytes of a size such as `48K` or `32M`.
  private static func byteCount(_ text: String) -> Int? {
    let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    let unit = text.last.flatMap { units[$0] }
    guard let value = Int(unit == nil ? Substring(text) : text.dropLast()), value > 0 else { return nil }
    let (bytes, overflow) = value.multipliedReportingOverflow(by: unit ?? 1)
    return overflow ? nil : bytes
  }
}
