/// How many columns text takes on a terminal.
enum DisplayWidth {
  /// The sum over the characters.
  static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// Two for East Asian wide characters and emoji (Unicode Standard Annex 11, the main blocks), none for marks, else one.
  static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x300...0x36F, 0x200B...0x200F, 0xFE00...0xFE0F: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text with spaces up to `width` columns, on the left when `isTrailing`.
  static func pad(_ text: String, to width: Int, isTrailing: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - of(text)))
    return isTrailing ? spaces + text : text + spaces
  }
}
