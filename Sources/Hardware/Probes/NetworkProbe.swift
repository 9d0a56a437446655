/// Judges from routes and interfaces whether the machine is connected; sends nothing.
enum NetworkProbe {
  /// nil when the kernel lists no routes at all.
  static func network(_ files: SystemFiles, _ missing: inout [NotFound]) -> NetworkDescription? {
    let places = ["/proc/net/route", "/proc/net/ipv6_route"]
    let tables = places.map { files.text($0) }
    guard tables.contains(where: { $0 != nil }) else {
      missing.append(NotFound(what: "network routes", lookedAt: places))
      return nil
    }
    // Interface, destination, gateway, flags ...: a default route has destination and mask 0 and flag 1, up.
    for line in (tables[0] ?? "").split(whereSeparator: \.isNewline).dropFirst().prefix(1024) {
      let fields = line.fields
      guard fields.count >= 8, fields[1] == "00000000", fields[7] == "00000000",
        let flags = Int(fields[3], radix: 16), flags & 1 == 1
      else { continue }
      if let answer = up(String(fields[0]), files, "default route in /proc/net/route") { return answer }
    }
    // Destination, its prefix length ..., flags, interface; a reject route (flag 0x200) leads nowhere.
    for line in (tables[1] ?? "").split(whereSeparator: \.isNewline).prefix(1024) {
      let fields = line.fields
      guard fields.count >= 10, fields[0].allSatisfy({ $0 == "0" }), fields[1] == "00", fields[9] != "lo",
        let flags = Int(fields[8], radix: 16), flags & 1 == 1, flags & 0x200 == 0
      else { continue }
      if let answer = up(String(fields[9]), files, "default route in /proc/net/ipv6_route") { return answer }
    }
    return NetworkDescription(connected: false, evidence: "no default route in " + places.joined(separator: " or "))
  }

  private static func up(_ interface: String, _ files: SystemFiles, _ evidence: String) -> NetworkDescription? {
    guard !interface.contains("/") else { return nil }
    let state = files.line("/sys/class/net/\(interface)/operstate") ?? "unknown"
    // Virtual interfaces say "unknown" while they work.
    guard state == "up" || state == "unknown" else { return nil }
    return NetworkDescription(connected: true, interface: interface, evidence: "\(evidence), interface \(state)")
  }
}
