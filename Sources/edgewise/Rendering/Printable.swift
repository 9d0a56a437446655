/// Text from files and other processes, made safe for a terminal.
enum Printable {
  /// The text without control characters and direction overrides, which could hide or move other text.
  ///
  /// Tabs and line ends become spaces, unless `keepsLines`.
  static func text(_ text: String, keepsLines: Bool = false) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where keepsLines: result.append(scalar)
      case 0x09, 0x0A, 0x0D: result.append(" ")
      case 0x00..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2028, 0x2029, 0x2066...0x2069:
        result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// The text in ASCII: common signs are spelled, the rest becomes `?`.
  static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for scalar in text.unicodeScalars { result += scalar.isASCII ? String(scalar) : spelled[scalar] ?? "?" }
    return result
  }

  private static let spelled: [Unicode.Scalar: String] = [
    "\u{A0}": " ", "°": " deg ", "±": "+-", "µ": "u", "μ": "u", "×": "x", "–": "-", "—": "-", "‘": "'", "’": "'",
    "“": "\"", "”": "\"", "…": "...", "•": "*", "→": "->", "−": "-", "≈": "~", "≤": "<=", "≥": ">=", "²": "^2",
    "³": "^3", "·": "*",
  ]
}
