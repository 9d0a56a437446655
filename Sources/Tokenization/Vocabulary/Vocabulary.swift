import ModelFiles

/// The tokens of a file as they are written there, in one buffer, with a table from text to id.
struct Vocabulary: Sendable {
  private let bytes: [UInt8]
  /// `count + 1` places in `bytes`.
  private let starts: [Int32]
  private let kinds: [TokenKind]
  /// Open addressing: the id plus 1, or 0; the size is a power of two.
  private let slots: [Int32]
  /// The bytes of the longest token.
  let longestTokenBytes: Int

  var count: Int { kinds.count }

  /// Reads `tokenizer.ggml.tokens` and `token_type`; where two tokens have the same text, the first is found by it.
  init(_ metadata: Metadata) throws(TokenizerError) {
    let key = "tokenizer.ggml.tokens"
    guard let tokens = metadata[key]?.array, tokens.count > 0 else { throw .noTokenizer }
    guard tokens.elementType == .string else {
      throw .malformed(key: key, problem: "expected strings, found elements of type \(tokens.elementType)")
    }
    guard tokens.count <= 1 << 24, tokens.byteCount <= 1 << 30 else {
      throw .malformed(key: key, problem: "expected at most 16777216 tokens and 1 GiB, found \(tokens.count) tokens")
    }
    kinds = try Self.kinds(metadata, count: tokens.count)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(max(0, tokens.byteCount - 8 * tokens.count))
    var starts: [Int32] = [0]
    starts.reserveCapacity(tokens.count + 1)
    tokens.forEachString { text in
      bytes.append(contentsOf: text)
      starts.append(Int32(bytes.count))
    }
    guard starts.count == tokens.count + 1 else { throw .malformed(key: key, problem: "the strings are damaged") }
    var size = 16
    while size < 2 * tokens.count { size *= 2 }
    var slots = [Int32](repeating: 0, count: size)
    var longest = 0
    bytes.withUnsafeBytes { buffer in
      for id in 0..<tokens.count {
        let text = UnsafeRawBufferPointer(rebasing: buffer[Int(starts[id])..<Int(starts[id + 1])])
        longest = max(longest, text.count)
        var slot = Self.hash(text) & (size - 1)
        while slots[slot] != 0 {
          let other = Int(slots[slot] - 1)
          if Self.equal(text, UnsafeRawBufferPointer(rebasing: buffer[Int(starts[other])..<Int(starts[other + 1])])) {
            break
          }
          slot = (slot + 1) & (size - 1)
        }
        if slots[slot] == 0 { slots[slot] = Int32(id + 1) }
      }
    }
    self.bytes = bytes
    self.starts = starts
    self.slots = slots
    longestTokenBytes = longest
  }

  func kind(_ id: Int) -> TokenKind { kinds[id] }

  /// The text of a token as it is in the file.
  func text(_ id: Int) -> ArraySlice<UInt8> { bytes[Int(starts[id])..<Int(starts[id + 1])] }

  /// The token that is written exactly so, or nil.
  func id(of text: UnsafeRawBufferPointer) -> Int? {
    guard text.count <= longestTokenBytes else { return nil }
    return bytes.withUnsafeBytes { buffer in
      var slot = Self.hash(text) & (slots.count - 1)
      while slots[slot] != 0 {
        let id = Int(slots[slot] - 1)
        if Self.equal(text, UnsafeRawBufferPointer(rebasing: buffer[Int(starts[id])..<Int(starts[id + 1])])) {
          return id
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  /// The token that is written exactly so, or nil.
  func id(of text: some Sequence<UInt8>) -> Int? { Array(text).withUnsafeBytes { id(of: $0) } }

  /// Seeded per process, so that no file can be made to collide.
  private static func hash(_ text: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: text)
    return hasher.finalize()
  }

  private static func equal(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    left.count == right.count && left.elementsEqual(right)
  }

  private static func kinds(_ metadata: Metadata, count: Int) throws(TokenizerError) -> [TokenKind] {
    let key = "tokenizer.ggml.token_type"
    guard let value = metadata[key] else { return [TokenKind](repeating: .normal, count: count) }
    guard let numbers = value.array?.integers() else { throw .malformed(key: key, problem: "expected integers") }
    guard numbers.count == count else {
      throw .malformed(key: key, problem: "expected \(count) elements, one per token, found \(numbers.count)")
    }
    // 0 is llama.cpp's "undefined", which it treats as normal.
    return numbers.map { TokenKind(rawValue: UInt8(clamping: $0)) ?? .normal }
  }
}
