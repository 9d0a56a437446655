import ModelFiles

/// `tokenizer.ggml.scores` as a merge rule: neighbors become the token of their joined text, the largest score first.
///
/// The rule of SentencePiece's `bpe_model.cc`.
struct PieceScores: MergeRule, Sendable {
  let vocabulary: Vocabulary
  /// Per token, the lower the earlier; `.max` for tokens that no text becomes.
  private let orders: [UInt32]

  init(_ metadata: Metadata, _ vocabulary: Vocabulary) throws(TokenizerError) {
    self.vocabulary = vocabulary
    orders = try Self.scores(metadata, count: vocabulary.count).enumerated().map { id, score in
      switch vocabulary.kind(id) {
      case .normal, .userDefined, .unused: Self.order(Float(score))
      case .unknown, .control, .byte: .max
      }
    }
  }

  /// Reads the scores; none may be NaN.
  static func scores(_ metadata: Metadata, count: Int) throws(TokenizerError) -> [Double] {
    let key = "tokenizer.ggml.scores"
    guard let scores = metadata[key]?.array?.doubles() else {
      throw .malformed(
        key: key, problem: "expected numbers, found \(metadata[key] == nil ? "nothing" : "another type")")
    }
    guard scores.count == count else {
      throw .malformed(key: key, problem: "expected \(count) elements, one per token, found \(scores.count)")
    }
    if let index = scores.firstIndex(where: \.isNaN) {
      throw .malformed(key: key, problem: "expected a number at index \(index), found NaN")
    }
    return scores
  }

  func merge(_ left: Symbol, _ right: Symbol, in bytes: UnsafeRawBufferPointer) -> (order: UInt32, id: Int32)? {
    let (start, length) = (Int(left.start), Int(left.length + right.length))
    guard length <= vocabulary.longestTokenBytes else { return nil }
    let text = UnsafeRawBufferPointer(rebasing: bytes[start..<start + length])
    guard let id = vocabulary.id(of: text), orders[id] != .max else { return nil }
    return (orders[id], Int32(id))
  }

  /// Maps larger scores to smaller numbers, below `.max`.
  private static func order(_ score: Float) -> UInt32 {
    let bits = (score == 0 ? 0 : score).bitPattern
    let ascending = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
    return min(~ascending, .max - 1)
  }
}
