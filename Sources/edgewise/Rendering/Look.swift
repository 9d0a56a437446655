/// How a piece of text is set apart, where the screen can.
enum Look: String, Sendable {
  case plain = ""
  case bold = "1"
  case dim = "2"
  case good = "32"
  case warning = "33"
  case bad = "31"
  case accent = "36"
}

extension Screen {
  /// The text with the escape codes of the look (ECMA-48 SGR), or as it is where there are none.
  func paint(_ text: String, _ look: Look) -> String {
    guard hasColor, look != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(look.rawValue)m\(text)\u{1B}[0m"
  }
}
