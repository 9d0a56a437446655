#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The versions in dpkg's list of packages, read once when first needed.
struct DebianPackages {
  private let status: [UInt8]

  init(_ files: SystemFiles) { status = files.bytes("/var/lib/dpkg/status", cap: 1 << 23) ?? [] }

  /// The upstream version of an installed package, or nil.
  func version(of package: String) -> String? {
    guard let start = find(Array("\nPackage: \(package)\n".utf8), in: status[...]) else { return nil }
    let rest = status[(start + 1)...]
    let record = rest[..<(find([10, 10], in: rest) ?? rest.endIndex)]
    let fields = String(decoding: record.prefix(1 << 14), as: UTF8.self).keyed(by: ":")
    guard fields["Status"]?.hasSuffix(" installed") == true, let version = fields["Version"] else { return nil }
    // [epoch:]upstream[-revision]
    let upstream = version.split(separator: ":", maxSplits: 1).last ?? ""
    return String(upstream.lastIndex(of: "-").map { upstream[..<$0] } ?? upstream)
  }

  /// The place of a pattern that begins with a line feed.
  private func find(_ pattern: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
    text.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress else { return nil }
      var at = 0
      while at + pattern.count <= bytes.count, let hit = memchr(base + at, 10, bytes.count - at) {
        at = UnsafeRawPointer(hit) - base
        if at + pattern.count <= bytes.count, memcmp(hit, pattern, pattern.count) == 0 { return text.startIndex + at }
        at += 1
      }
      return nil
    }
  }
}
