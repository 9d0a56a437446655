import ModelFiles

/// `tokenizer.ggml.merges`: pairs of tokens in the order in which they are merged.
struct MergeList: MergeRule, Sendable {
  /// Open addressing over pairs of ids; a free place has the key `.max`.
  private let keys: [UInt64]
  private let values: [(order: UInt32, id: Int32)]
  private let seed: UInt64

  /// Reads the pairs; those of texts that are no tokens can never apply and are left out.
  init(_ metadata: Metadata, _ vocabulary: Vocabulary) throws(TokenizerError) {
    let key = "tokenizer.ggml.merges"
    guard let merges = metadata[key]?.array, merges.elementType == .string else {
      throw .malformed(
        key: key, problem: "expected strings, found \(metadata[key] == nil ? "nothing" : "another type")")
    }
    guard merges.count <= 1 << 24 else {
      throw .malformed(key: key, problem: "expected at most 16777216 pairs, found \(merges.count)")
    }
    var size = 16
    while size < 2 * merges.count { size *= 2 }
    var keys = [UInt64](repeating: .max, count: size)
    var values = [(order: UInt32, id: Int32)](repeating: (0, 0), count: size)
    let seed = UInt64.random(in: 0 ... .max)
    var order: UInt32 = 0
    var broken: UInt32?
    var merged: [UInt8] = []
    merges.forEachString { text in
      defer { order += 1 }
      // A space at the very start belongs to the first token.
      guard let space = text.dropFirst().firstIndex(of: 0x20) else { return broken = broken ?? order }
      let left = UnsafeRawBufferPointer(rebasing: text[..<space])
      let right = UnsafeRawBufferPointer(rebasing: text[(space + 1)...])
      merged.removeAll(keepingCapacity: true)
      merged.append(contentsOf: left)
      merged.append(contentsOf: right)
      guard let first = vocabulary.id(of: left), let second = vocabulary.id(of: right),
        let id = merged.withUnsafeBytes({ vocabulary.id(of: $0) })
      else { return }
      let pair = UInt64(first) << 32 | UInt64(second)
      var slot = Self.slot(pair, seed) & (size - 1)
      while keys[slot] != .max, keys[slot] != pair { slot = (slot + 1) & (size - 1) }
      guard keys[slot] == .max else { return }
      keys[slot] = pair
      values[slot] = (order, Int32(id))
    }
    if let broken {
      throw .malformed(key: key, problem: "expected two tokens with a space between them at index \(broken)")
    }
    self.keys = keys
    self.values = values
    self.seed = seed
  }

  func merge(_ left: Symbol, _ right: Symbol, in bytes: UnsafeRawBufferPointer) -> (order: UInt32, id: Int32)? {
    guard left.id >= 0, right.id >= 0 else { return nil }
    let pair = UInt64(left.id) << 32 | UInt64(right.id)
    var slot = Self.slot(pair, seed) & (keys.count - 1)
    while keys[slot] != .max {
      if keys[slot] == pair { return values[slot] }
      slot = (slot + 1) & (keys.count - 1)
    }
    return nil
  }

  /// Mixes a pair with the seed of the process (the finalizer of SplitMix64).
  private static func slot(_ pair: UInt64, _ seed: UInt64) -> Int {
    var value = (pair ^ seed) &* 0x9E37_79B9_7F4A_7C15
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return Int(truncatingIfNeeded: value ^ value >> 31)
  }
}
