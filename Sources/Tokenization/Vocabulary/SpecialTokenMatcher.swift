/// Finds special tokens in a text: the leftmost, and of those at one place the longest.
struct SpecialTokenMatcher: Sendable {
  /// Longer tokens are refused, so that matching takes linear time.
  static let mostTokenBytes = 512

  private var always = TokenTrie()
  private var withControl = TokenTrie()

  init(_ vocabulary: Vocabulary) throws(TokenizerError) {
    for id in 0..<vocabulary.count {
      let kind = vocabulary.kind(id)
      guard kind == .userDefined || kind == .control || kind == .unknown else { continue }
      let text = vocabulary.text(id)
      guard !text.isEmpty else { continue }
      guard text.count <= Self.mostTokenBytes else {
        throw .malformed(
          key: "tokenizer.ggml.tokens",
          problem: "expected special tokens of at most \(Self.mostTokenBytes) bytes, found \(text.count) at index \(id)"
        )
      }
      if kind == .userDefined { always.insert(text, token: id) }
      withControl.insert(text, token: id)
    }
  }

  /// A stretch of ordinary text, or a special token.
  enum Part {
    case text(Range<Int>)
    case token(Int)
  }

  /// Calls `body` with the parts of a text in order; texts are never empty.
  func split(
    _ bytes: UnsafeRawBufferPointer, parsesControl: Bool, _ body: (Part) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    let trie = parsesControl ? withControl : always
    var (start, place) = (0, 0)
    while !trie.isEmpty, place < bytes.count {
      guard let (token, length) = trie.longest(in: bytes, at: place) else {
        place += 1
        continue
      }
      if start < place { try body(.text(start..<place)) }
      try body(.token(token))
      place += length
      start = place
    }
    if start < bytes.count { try body(.text(start..<bytes.count)) }
  }
}
