/// One text on its way to token ids.
struct TextEncoding {
  private let tokenizer: Tokenizer
  var ids: [Int] = []
  private var engine: Engine

  /// The algorithm with its working memory, which serves all words of the text.
  private enum Engine {
    case scores(PieceMerger<PieceScores>)
    case merges(PieceMerger<MergeList>)
    case unigram(UnigramModel)
  }

  init(_ tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
    engine =
      switch tokenizer.algorithm {
      case .scores(let rule): .scores(PieceMerger(rule: rule))
      case .merges(let rule): .merges(PieceMerger(rule: rule))
      case .unigram(let model): .unigram(model)
      }
  }

  /// Adds the ids of a text, without the tokens around it; control tokens are looked for within `control`.
  mutating func append(_ bytes: [UInt8], control: [Range<Int>]) throws(TokenizerError) {
    var isFirst = true
    var parts: [SpecialTokenMatcher.Part] = []
    bytes.withUnsafeBytes { tokenizer.matcher.split($0, control: control) { parts.append($0) } }
    for part in parts {
      switch part {
      case .token(let id):
        ids.append(id)
        isFirst = true
      case .text(let range):
        try appendOrdinary(String(decoding: bytes[range], as: UTF8.self), takesPrefix: isFirst)
        isFirst = false
      }
    }
  }

  /// Adds text in which nothing is special; one after a special token begins like a text of its own.
  private mutating func appendOrdinary(_ text: String, takesPrefix: Bool) throws(TokenizerError) {
    guard let preTokenizer = tokenizer.preTokenizer else {
      let escaped = SpaceEscape(tokenizer).escape(text, takesPrefix: takesPrefix)
      return try escaped.withBytes { bytes throws(TokenizerError) in try appendPieces(bytes) }
    }
    if tokenizer.model == .gemma4 {
      let escaped = SpaceEscape(tokenizer).escape(text, takesPrefix: takesPrefix)
      return try escaped.withBytes { bytes throws(TokenizerError) in
        let text = ScalarText(utf8: bytes)
        try preTokenizer.split(text) { range throws(TokenizerError) in
          try appendPieces(UnsafeRawBufferPointer(rebasing: bytes[text.bytes(of: range)]))
        }
      }
    }
    let normal = Array((preTokenizer.normalizes ? CanonicalComposition.normalize(text) : text).utf8)
    try normal.withBytes { bytes throws(TokenizerError) in
      let text = ScalarText(utf8: bytes)
      try preTokenizer.split(text) { range throws(TokenizerError) in
        try appendWord(UnsafeRawBufferPointer(rebasing: bytes[text.bytes(of: range)]), preTokenizer)
      }
    }
  }

  /// Adds a word of a byte-level vocabulary.
  private mutating func appendWord(
    _ bytes: UnsafeRawBufferPointer, _ preTokenizer: PreTokenizer
  ) throws(TokenizerError) {
    if preTokenizer.takesWholeWords, bytes.count <= tokenizer.vocabulary.longestTokenBytes {
      var word: [UInt8] = []
      for byte in bytes { word += ByteAlphabet.encoded[Int(byte)] }
      if let id = tokenizer.vocabulary.id(of: word) { return ids.append(id) }
    }
    guard case .merges(var merger) = engine else { return }
    engine = .unigram(.empty)
    defer { engine = .merges(merger) }
    merger.removeAll()
    for (place, byte) in bytes.enumerated() {
      let id = tokenizer.byteTokens[Int(byte)]
      guard id >= 0 || tokenizer.specialTokens.unknown != nil else { throw .unencodable(byte: byte) }
      merger.append(start: place, length: 1, id: id)
    }
    let unknown = tokenizer.specialTokens.unknown ?? 0
    try merger.run(bytes) { symbol throws(TokenizerError) in ids.append(symbol.id >= 0 ? Int(symbol.id) : unknown) }
  }

  /// Adds escaped text of a vocabulary of pieces.
  private mutating func appendPieces(_ bytes: UnsafeRawBufferPointer) throws(TokenizerError) {
    let taken = engine
    engine = .unigram(.empty)
    switch taken {
    case .scores(var merger):
      defer { engine = .scores(merger) }
      try appendPieces(bytes, &merger)
    case .merges(var merger):
      defer { engine = .merges(merger) }
      try appendPieces(bytes, &merger)
    case .unigram(let model):
      defer { engine = .unigram(model) }
      try model.segment(bytes) { range, id throws(TokenizerError) in
        try append(piece: UnsafeRawBufferPointer(rebasing: bytes[range]), id)
      }
    }
  }

  private mutating func appendPieces<Rule: MergeRule>(
    _ bytes: UnsafeRawBufferPointer, _ merger: inout PieceMerger<Rule>
  ) throws(TokenizerError) {
    merger.removeAll()
    var place = 0
    while place < bytes.count {
      let length = min(UTF8Form.length(first: bytes[place]), bytes.count - place)
      let id = tokenizer.pieceID(UnsafeRawBufferPointer(rebasing: bytes[place..<place + length]))
      merger.append(start: place, length: length, id: id.map(Int32.init) ?? -1)
      place += length
    }
    try merger.run(bytes) { symbol throws(TokenizerError) in
      let range = Int(symbol.start)..<Int(symbol.start + symbol.length)
      try append(
        piece: UnsafeRawBufferPointer(rebasing: bytes[range]), symbol.id >= 0 ? Int(symbol.id) : nil)
    }
  }

  /// Adds a token, or for text of none the tokens of its bytes, or the unknown token: one for a run of such text.
  private mutating func append(piece: UnsafeRawBufferPointer, _ id: Int?) throws(TokenizerError) {
    if let id { return ids.append(id) }
    if piece.allSatisfy({ tokenizer.byteTokens[Int($0)] >= 0 }) {
      return ids += piece.map { Int(tokenizer.byteTokens[Int($0)]) }
    }
    guard let unknown = tokenizer.specialTokens.unknown else { throw .unencodable(byte: piece.first ?? 0) }
    if ids.last != unknown { ids.append(unknown) }
  }
}

extension Tokenizer {
  /// The token of a piece of text; control tokens and bytes are none.
  fileprivate func pieceID(_ text: UnsafeRawBufferPointer) -> Int? {
    guard let id = vocabulary.id(of: text) else { return nil }
    switch vocabulary.kind(id) {
    case .normal, .userDefined, .unused: return id
    case .unknown, .control, .byte: return nil
    }
  }
}

extension ScalarText {
  /// Where a range of scalars is in the UTF-8.
  fileprivate func bytes(of range: Range<Int>) -> Range<Int> {
    Int(byteStarts[range.lowerBound])..<Int(byteStarts[range.upperBound])
  }
}

extension [UInt8] {
  /// `withUnsafeBytes` for a body that throws only our errors.
  fileprivate func withBytes(
    _ body: (UnsafeRawBufferPointer) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    try withUnsafeBufferPointer { buffer throws(TokenizerError) in try body(UnsafeRawBufferPointer(buffer)) }
  }
}
