/// What the head of a model card (`README.md`) says between its lines of dashes.
struct ModelCard {
  /// More bytes than any head has.
  private static let longest = 16384

  var license: String?
  /// The library that the model is for, such as `mlx`.
  var library: String?

  /// Reads the card at `path`; nil when there is none or it has no head.
  init?(path: String) {
    guard let file = try? MappedFile.open(path: path) else { return nil }
    let text = file.text(first: Self.longest)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first?.hasPrefix("---") == true else { return nil }
    for line in lines.dropFirst() {
      if line.hasPrefix("---") { break }
      if let value = Self.value(of: "library_name", in: line) { library = value }
      if let value = Self.value(of: "license_name", in: line) { license = value }
      if let value = Self.value(of: "license", in: line), license == nil || value != "other" {
        license = license ?? value
      }
    }
  }

  private static func value(of key: String, in line: Substring) -> String? {
    guard line.hasPrefix(key + ":") else { return nil }
    let value = line.dropFirst(key.count + 1).filter { $0 != "\"" && $0 != "'" && $0 != "\r" }
      .drop { $0 == " " }
    return value.isEmpty ? nil : String(value.prefix(100))
  }
}
