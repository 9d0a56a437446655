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
  ///
  /// Control tokens are found where they lie within one of `control`, which are sorted.
  func split(
    _ bytes: UnsafeRawBufferPointer, control: [Range<Int>], _ body: (Part) -> Void
  ) {
    var (start, place, index) = (0, 0, 0)
    while place < bytes.count {
      while index < control.count, control[index].upperBound <= place { index += 1 }
      let range = index < control.count && control[index].contains(place) ? control[index] : nil
      guard let (token, length) = longest(bytes, at: place, control: range) else {
        place += 1
        continue
      }
      if start < place { body(.text(start..<place)) }
      body(.token(token))
      place += length
      start = place
    }
    if start < bytes.count { body(.text(start..<bytes.count)) }
  }

  private func longest(
    _ bytes: UnsafeRawBufferPointer, at place: Int, control: Range<Int>?
  ) -> (token: Int, length: Int)? {
    if let control {
      let visible = UnsafeRawBufferPointer(rebasing: bytes[..<control.upperBound])
      if let found = withControl.longest(in: visible, at: place) { return found }
    }
    return always.longest(in: bytes, at: place)
  }
}
