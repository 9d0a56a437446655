/// Finds the longest of many texts at a place; for texts that are few, or looked up from every place.
struct TokenTrie: Sendable {
  /// From a node and a byte to the next node; node 0 is the root.
  private var children: [UInt64: Int32] = [:]
  /// The token that ends at a node, or -1.
  private var tokens: [Int32] = [-1]
  private var firstBytes = [Bool](repeating: false, count: 256)

  var isEmpty: Bool { tokens.count == 1 }

  /// Adds a text, which must not be empty; the first token of a text stays.
  mutating func insert(_ text: some Sequence<UInt8>, token: Int) {
    var node: Int32 = 0
    for byte in text {
      if node == 0 { firstBytes[Int(byte)] = true }
      let edge = Self.edge(node, byte)
      if let next = children[edge] {
        node = next
      } else {
        tokens.append(-1)
        node = Int32(tokens.count - 1)
        children[edge] = node
      }
    }
    if node != 0, tokens[Int(node)] < 0 { tokens[Int(node)] = Int32(token) }
  }

  /// The longest text that starts at `start`, with its length in bytes; nil when there is none.
  func longest(in bytes: UnsafeRawBufferPointer, at start: Int) -> (token: Int, length: Int)? {
    guard firstBytes[Int(bytes[start])] else { return nil }
    var found: (Int, Int)?
    forEach(in: bytes, at: start) { token, length in found = (token, length) }
    return found
  }

  /// Calls `body` with every text that starts at `start`, shortest first.
  func forEach(in bytes: UnsafeRawBufferPointer, at start: Int, _ body: (_ token: Int, _ length: Int) -> Void) {
    var node: Int32 = 0
    var place = start
    while place < bytes.count, let next = children[Self.edge(node, bytes[place])] {
      node = next
      place += 1
      if tokens[Int(node)] >= 0 { body(Int(tokens[Int(node)]), place - start) }
    }
  }

  private static func edge(_ node: Int32, _ byte: UInt8) -> UInt64 { UInt64(node) << 8 | UInt64(byte) }
}
