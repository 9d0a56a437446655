/// What the patterns of the pre-tokenizers ask about a character.
struct ScalarClass: OptionSet, Sendable {
  let rawValue: UInt16

  /// Lu and Lt.
  static let upper = ScalarClass(rawValue: 1)
  /// Ll.
  static let lower = ScalarClass(rawValue: 2)
  /// Lm and Lo.
  static let caseless = ScalarClass(rawValue: 4)
  /// M.
  static let mark = ScalarClass(rawValue: 8)
  /// N.
  static let number = ScalarClass(rawValue: 16)
  /// The property White_Space, which is what `\s` means to the regular expressions of the reference.
  static let space = ScalarClass(rawValue: 32)
  /// U+000A and U+000D, which are spaces, too.
  static let newline = ScalarClass(rawValue: 64)
  /// P.
  static let punctuation = ScalarClass(rawValue: 128)
  /// S.
  static let symbol = ScalarClass(rawValue: 256)

  /// L.
  static let letter: ScalarClass = [.upper, .lower, .caseless]
}

extension ScalarClass {
  init(_ scalar: Unicode.Scalar) {
    self = scalar.value < 128 ? Self.ascii[Int(scalar.value)] : ScalarClass(properties: scalar)
  }

  private static let ascii: [ScalarClass] = (UInt8(0)..<128).map { ScalarClass(properties: Unicode.Scalar($0)) }

  private init(properties scalar: Unicode.Scalar) {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .titlecaseLetter: self = .upper
    case .lowercaseLetter: self = .lower
    case .modifierLetter, .otherLetter: self = .caseless
    case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
    case .decimalNumber, .letterNumber, .otherNumber: self = .number
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      self = .punctuation
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: self = .symbol
    default: self = []
    }
    if scalar.properties.isWhitespace { insert(.space) }
    if scalar == "\n" || scalar == "\r" { insert(.newline) }
  }
}
