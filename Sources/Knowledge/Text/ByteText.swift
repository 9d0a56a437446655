/// Writes counts of bytes for sentences.
package enum ByteText {
  /// Decimal units with three digits: `4.58 GB`, `143 MB`.
  package static func text(_ bytes: Int) -> String {
    let units: [(size: Double, name: String)] = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
    let value = Double(bytes)
    guard let unit = units.first(where: { value.magnitude >= $0.size }) else { return "\(bytes) bytes" }
    return "\(NumberText.text(value / unit.size)) \(unit.name)"
  }
}
