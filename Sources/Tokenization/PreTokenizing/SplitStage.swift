/// One step that cuts a text into pieces; what a step leaves is cut on by the next.
enum SplitStage: Sendable {
  /// `\p{N}{1,most}`: numbers apart from everything else, in groups of at most so many characters.
  case numbers(most: Int)
  /// `[0-9][0-9][0-9]`: groups of three digits.
  case digitTriples
  /// `[\p{P}$+<=>^~|]+`: runs of punctuation.
  case punctuation
  /// `[一-龥぀-ゟ゠-ヿ]+`: runs of the unified ideographs of Unicode 1.1, Hiragana and Katakana.
  case ideographs
  /// `[^\n]+|\n+`: lines.
  case lines
  case words(WordPattern)

  /// Where the match at `start` ends; nil when nothing matches there, and the character belongs to what is between.
  func matchEnd(in text: ScalarText, at start: Int, to end: Int) -> Int? {
    switch self {
    case .numbers(let most):
      let run = text.end(of: .number, from: start, to: end - start > most ? start + most : end)
      return run > start ? run : nil
    case .digitTriples:
      guard start + 3 <= end, text.scalars[start..<start + 3].allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      return start + 3
    case .punctuation: return Self.runEnd(text, start, end) { Self.isPunctuation(text, $0) }
    case .ideographs: return Self.runEnd(text, start, end) { Self.isIdeograph(text.scalars[$0]) }
    case .lines:
      let isBreak = text.scalars[start] == 0x0A
      return Self.runEnd(text, start, end) { (text.scalars[$0] == 0x0A) == isBreak }
    case .words(let pattern): return pattern.matchEnd(in: text, at: start, to: end)
    }
  }

  private static func runEnd(_ text: ScalarText, _ start: Int, _ end: Int, _ belongs: (Int) -> Bool) -> Int? {
    var place = start
    while place < end, belongs(place) { place += 1 }
    return place > start ? place : nil
  }

  private static func isPunctuation(_ text: ScalarText, _ place: Int) -> Bool {
    if text.classes[place].contains(.punctuation) { return true }
    switch text.scalars[place] {
    // $ + < = > ^ ~ |
    case 0x24, 0x2B, 0x3C...0x3E, 0x5E, 0x7E, 0x7C: return true
    default: return false
    }
  }

  private static func isIdeograph(_ scalar: UInt32) -> Bool {
    (0x4E00...0x9FA5).contains(scalar) || (0x3040...0x30FF).contains(scalar)
  }
}
