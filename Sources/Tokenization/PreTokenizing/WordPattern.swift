/// The patterns that cut a text into words, as scanners: each finds what the regular expression beside it would match.
///
/// `'s` and the like stand for `'s|'t|'re|'ve|'m|'ll|'d`. A scanner visits each character a bounded number of times.
enum WordPattern: Sendable, Hashable {
  /// GPT-2 (openai/gpt-2, `src/encoder.py`), as the reference's `ByteLevel` pre-tokenizer has it:
  ///
  ///     's…| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
  case gpt2
  /// cl100k (openai/tiktoken, `openai_public.py`) and those made from it; Llama 3 and Qwen 2 as in their `tokenizer.json`:
  ///
  ///     (?i:'s…)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
  ///
  /// Qwen has `\p{N}` in place of `\p{N}{1,3}`; Qwen 3.5 also `[\p{L}\p{M}]+` for the letters and no marks in the rest.
  case cl100k(mostDigits: Int, marksAreLetters: Bool)
  /// o200k (openai/tiktoken, `openai_public.py`) and Tekken (mistralai/mistral-common, `tekken.json`), where U is
  /// `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]` and V is `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`:
  ///
  ///     [^\r\n\p{L}\p{N}]?U*V+(?i:'s…)?|[^\r\n\p{L}\p{N}]?U+V*(?i:'s…)?|\p{N}{1,3}
  ///       | ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
  ///
  /// Tekken has no contractions and `\p{N}` in place of `\p{N}{1,3}`.
  case o200k(mostDigits: Int, hasContractions: Bool)
  /// DeepSeek V3 (deepseek-ai/DeepSeek-V3, `tokenizer.json`), after numbers and ideographs are cut out; Q is the ASCII
  /// punctuation:
  ///
  ///     Q[A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
  case deepSeek3

  /// Where the match at `start` ends; nil when nothing matches there.
  func matchEnd(in text: ScalarText, at start: Int, to end: Int) -> Int? {
    switch self {
    case .gpt2: Self.gpt2End(text, start, end)
    case .cl100k(let mostDigits, let marksAreLetters):
      Self.cl100kEnd(text, start, end, mostDigits, marksAreLetters ? [.letter, .mark] : .letter)
    case .o200k(let mostDigits, let hasContractions):
      Self.o200kEnd(text, start, end, mostDigits, hasContractions)
    case .deepSeek3: Self.deepSeek3End(text, start, end)
    }
  }
}

extension WordPattern {
  private static let space: UInt32 = 0x20

  private static func gpt2End(_ text: ScalarText, _ start: Int, _ end: Int) -> Int? {
    if let contraction = Contraction.end(text, start, end, ignoresCase: false) { return contraction }
    let word = text.scalars[start] == space && start + 1 < end ? start + 1 : start
    for kind: ScalarClass in [.letter, .number] where text.has(kind, at: word, before: end) {
      return text.end(of: kind, from: word, to: end)
    }
    let other = text.end(ofNone: [.space, .letter, .number], from: word, to: end)
    if other > word { return other }
    return spacesEnd(text, start, end)
  }

  private static func cl100kEnd(
    _ text: ScalarText, _ start: Int, _ end: Int, _ mostDigits: Int, _ letters: ScalarClass
  ) -> Int? {
    if let contraction = Contraction.end(text, start, end, ignoresCase: true) { return contraction }
    if isWordPrefix(text, start), text.has(letters, at: start + 1, before: end) {
      return text.end(of: letters, from: start + 1, to: end)
    }
    if text.has(letters, at: start, before: end) { return text.end(of: letters, from: start, to: end) }
    if text.has(.number, at: start, before: end) {
      return text.end(of: .number, from: start, to: min(end, start + mostDigits))
    }
    let word = text.scalars[start] == space ? start + 1 : start
    let other = text.end(ofNone: letters.union([.space, .number]), from: word, to: end)
    if other > word { return text.end(of: .newline, from: other, to: end) }
    return lineEnd(text, start, end) ?? spacesEnd(text, start, end)
  }

  private static func o200kEnd(
    _ text: ScalarText, _ start: Int, _ end: Int, _ mostDigits: Int, _ hasContractions: Bool
  ) -> Int? {
    if let word = casedWordEnd(text, start, end) {
      return hasContractions ? Contraction.end(text, word, end, ignoresCase: true) ?? word : word
    }
    if text.has(.number, at: start, before: end) {
      return text.end(of: .number, from: start, to: min(end, start + mostDigits))
    }
    let word = text.scalars[start] == space ? start + 1 : start
    var other = text.end(ofNone: [.space, .letter, .number], from: word, to: end)
    if other > word {
      while other < end, text.classes[other].contains(.newline) || text.scalars[other] == 0x2F { other += 1 }
      return other
    }
    return lineEnd(text, start, end) ?? spacesEnd(text, start, end)
  }

  /// Matches `[^\r\n\p{L}\p{N}]?U*V+|[^\r\n\p{L}\p{N}]?U+V*`.
  private static func casedWordEnd(_ text: ScalarText, _ start: Int, _ end: Int) -> Int? {
    // A mark may be the prefix, or the first of U; the longer reading is tried first, as the expression does.
    let starts = isWordPrefix(text, start) ? [start + 1, start] : [start]
    for start in starts {
      let upper = text.end(of: [.upper, .caseless, .mark], from: start, to: end)
      if text.has(.lower, at: upper, before: end) {
        return text.end(of: [.lower, .caseless, .mark], from: upper, to: end)
      }
      // U* gives back characters until one of them is in V.
      var last = upper
      while last > start, text.classes[last - 1].isDisjoint(with: [.caseless, .mark]) { last -= 1 }
      if last > start { return last }
    }
    for start in starts {
      let upper = text.end(of: [.upper, .caseless, .mark], from: start, to: end)
      if upper > start { return upper }
    }
    return nil
  }

  private static func deepSeek3End(_ text: ScalarText, _ start: Int, _ end: Int) -> Int? {
    let first = text.scalars[start]
    if first < 128, !text.classes[start].isDisjoint(with: [.punctuation, .symbol]) {
      var word = start + 1
      while word < end, isLatinLetter(text.scalars[word]) { word += 1 }
      if word > start + 1 { return word }
    }
    let letters: ScalarClass = [.letter, .mark]
    let isPrefix = text.classes[start].isDisjoint(with: [.newline, .letter, .punctuation, .symbol])
    if isPrefix, text.has(letters, at: start + 1, before: end) {
      return text.end(of: letters, from: start + 1, to: end)
    }
    if text.has(letters, at: start, before: end) { return text.end(of: letters, from: start, to: end) }
    let word = first == space ? start + 1 : start
    let other = text.end(of: [.punctuation, .symbol], from: word, to: end)
    if other > word { return text.end(of: .newline, from: other, to: end) }
    return lineEnd(text, start, end) ?? spacesEnd(text, start, end)
  }

  /// Matches `[^\r\n\p{L}\p{N}]`.
  private static func isWordPrefix(_ text: ScalarText, _ place: Int) -> Bool {
    text.classes[place].isDisjoint(with: [.newline, .letter, .number])
  }

  private static func isLatinLetter(_ scalar: UInt32) -> Bool {
    (0x41...0x5A).contains(scalar) || (0x61...0x7A).contains(scalar)
  }

  /// Matches `\s*[\r\n]+`.
  private static func lineEnd(_ text: ScalarText, _ start: Int, _ end: Int) -> Int? {
    var last = text.end(of: .space, from: start, to: end)
    while last > start, !text.classes[last - 1].contains(.newline) { last -= 1 }
    return last > start ? last : nil
  }

  /// `\s+(?!\S)|\s+`: all spaces but the one before a word.
  private static func spacesEnd(_ text: ScalarText, _ start: Int, _ end: Int) -> Int? {
    let run = text.end(of: .space, from: start, to: end)
    guard run > start else { return nil }
    return run < end && run > start + 1 ? run - 1 : run
  }
}
