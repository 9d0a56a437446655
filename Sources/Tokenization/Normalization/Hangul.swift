/// The arithmetic of Hangul syllables (The Unicode Standard, section 3.12).
enum Hangul {
  private static let (syllables, leads, vowels, tails): (UInt32, UInt32, UInt32, UInt32) = (
    0xAC00, 0x1100, 0x1161, 0x11A7
  )
  private static let (leadCount, vowelCount, tailCount): (UInt32, UInt32, UInt32) = (19, 21, 28)

  /// The two or three letters of a syllable, or nil when this is none.
  static func decompose(_ scalar: UInt32) -> [UInt32]? {
    guard scalar >= syllables, scalar < syllables + leadCount * vowelCount * tailCount else { return nil }
    let index = scalar - syllables
    let parts = [leads + index / (vowelCount * tailCount), vowels + index / tailCount % vowelCount]
    return index % tailCount == 0 ? parts : parts + [tails + index % tailCount]
  }

  /// The syllable of a lead and a vowel, or of a syllable without a tail and a tail; nil when they form none.
  static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if first >= leads, first < leads + leadCount, second >= vowels, second < vowels + vowelCount {
      return syllables + ((first - leads) * vowelCount + second - vowels) * tailCount
    }
    guard first >= syllables, first < syllables + leadCount * vowelCount * tailCount else { return nil }
    guard (first - syllables) % tailCount == 0, second > tails, second < tails + tailCount else { return nil }
    return first + second - tails
  }
}
