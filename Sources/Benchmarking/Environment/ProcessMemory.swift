package import Hardware

/// The memory of this process as the kernel accounts for it.
package struct ProcessMemory: Codable, Sendable, Hashable {
  /// What is in memory now.
  package let residentBytes: Int?
  /// The most that was in memory since the start, or since `resetPeak`.
  package let peakResidentBytes: Int?
  /// The part of `residentBytes` that belongs to files, such as mapped weights.
  package let residentFileBytes: Int?
  /// The part of `residentBytes` that is the process's own.
  package let residentOwnBytes: Int?

  /// What `/proc/self/status` says; every value nil where there is none.
  package init(files: SystemFiles = .thisMachine) {
    let status = files.text("/proc/self/status")?.keyed(by: ":") ?? [:]
    func kibibytes(_ key: String) -> Int? {
      guard let value = status[key]?.fields.first.flatMap({ Int($0) }), value >= 0 else { return nil }
      let (bytes, overflow) = value.multipliedReportingOverflow(by: 1024)
      return overflow ? nil : bytes
    }
    residentBytes = kibibytes("VmRSS")
    peakResidentBytes = kibibytes("VmHWM")
    residentFileBytes = kibibytes("RssFile")
    residentOwnBytes = kibibytes("RssAnon")
  }
}
