#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Wall-clock times as the wire shows them.
package enum Timestamp {
  /// The present moment in UTC, such as `2026-11-23T06:41:10Z` (RFC 3339).
  package static func now() -> String { text(unixSeconds: unixSeconds()) }

  /// The present moment in seconds since 1970.
  package static func unixSeconds() -> Int { Int(time(nil)) }

  /// A moment in UTC.
  package static func text(unixSeconds: Int) -> String {
    var seconds = time_t(unixSeconds)
    var parts = tm()
    guard gmtime_r(&seconds, &parts) != nil else { return "1970-01-01T00:00:00Z" }
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
      + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }
}
