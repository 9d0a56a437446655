/// A counter of energy or a power sensor, readable or not.
package struct EnergyCounter: Codable, Sendable, Hashable {
  /// The domain, such as `package-0` or `dram`.
  package var name: String
  /// The file to read.
  package var path: String
  package var readable: Bool
  /// Why it cannot be read and what to do about it; nil when it can.
  package var reason: String?

  package init(name: String, path: String, readable: Bool, reason: String? = nil) {
    self.name = name
    self.path = path
    self.readable = readable
    self.reason = reason
  }
}
