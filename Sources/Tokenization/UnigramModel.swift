import ModelFiles

/// The unigram model of SentencePiece: of all segmentations the one whose scores have the largest sum (Kudo 2018,
/// arXiv:1804.10959), found by Viterbi's algorithm.
struct UnigramModel: Sendable {
  private let trie: TokenTrie
  /// Single precision, in which SentencePiece sums: the rounding decides between segmentations of nearly the same score.
  private let scores: [Float]
  /// What a character of no token costs: SentencePiece takes 10 less than the least score.
  private let unknownScore: Float

  /// A model that knows nothing.
  static let empty = UnigramModel()

  private init() {
    trie = TokenTrie()
    scores = []
    unknownScore = 0
  }

  init(_ metadata: Metadata, _ vocabulary: Vocabulary) throws(TokenizerError) {
    if metadata["tokenizer.ggml.precompiled_charsmap"]?.array?.count ?? 0 > 0 {
      throw .malformed(
        key: "tokenizer.ggml.precompiled_charsmap",
        problem: "normalization by a precompiled table is not supported")
    }
    scores = try PieceScores.scores(metadata, count: vocabulary.count).map { Float($0) }
    var trie = TokenTrie()
    var least: Float = 0
    for id in 0..<vocabulary.count {
      switch vocabulary.kind(id) {
      case .normal, .userDefined, .unused:
        guard scores[id].isFinite else {
          throw .malformed(key: "tokenizer.ggml.scores", problem: "expected a finite number at index \(id)")
        }
        guard vocabulary.text(id).count <= SpecialTokenMatcher.mostTokenBytes else {
          throw .malformed(
            key: "tokenizer.ggml.tokens",
            problem: "expected at most \(SpecialTokenMatcher.mostTokenBytes) bytes at index \(id)")
        }
        trie.insert(vocabulary.text(id), token: id)
        least = min(least, scores[id])
      case .unknown, .control, .byte: break
      }
    }
    self.trie = trie
    unknownScore = least - 10
  }

  /// Calls `body` with the pieces of UTF-8 in order, and the token of each; nil for a character that no token covers.
  func segment(
    _ bytes: UnsafeRawBufferPointer, _ body: (Range<Int>, Int?) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    var best = [Float](repeating: -.infinity, count: bytes.count + 1)
    var origin = [Int32](repeating: 0, count: bytes.count + 1)
    var token = [Int32](repeating: -1, count: bytes.count + 1)
    best[0] = 0
    var place = 0
    while place < bytes.count {
      let character = min(UTF8Form.length(first: bytes[place]), bytes.count - place)
      var coversCharacter = false
      trie.forEach(in: bytes, at: place) { id, length in
        let score = best[place] + scores[id]
        coversCharacter = coversCharacter || length == character
        guard score > best[place + length] else { return }
        best[place + length] = score
        origin[place + length] = Int32(place)
        token[place + length] = Int32(id)
      }
      if !coversCharacter, best[place] + unknownScore > best[place + character] {
        best[place + character] = best[place] + unknownScore
        origin[place + character] = Int32(place)
        token[place + character] = -1
      }
      place += character
    }
    var ends: [Int] = []
    var end = bytes.count
    while end > 0 {
      ends.append(end)
      end = Int(origin[end])
    }
    for end in ends.reversed() {
      try body(Int(origin[end])..<end, token[end] >= 0 ? Int(token[end]) : nil)
    }
  }
}
