/// Merges neighbors in the order of a rule, in O(n log n) time and O(n) memory for any text.
struct PieceMerger<Rule: MergeRule> {
  let rule: Rule
  private(set) var symbols: [Symbol] = []
  private var heap: [Candidate] = []

  /// A pair that may be merged, unless one of the two has changed since.
  private struct Candidate {
    var order: UInt32
    var left: Int32
    var right: Int32
    var id: Int32
    /// The bytes of both; another number says that one has changed.
    var length: UInt32

    func isBefore(_ other: Candidate) -> Bool { (order, left) < (other.order, other.left) }
  }

  init(rule: Rule) { self.rule = rule }

  mutating func removeAll() {
    symbols.removeAll(keepingCapacity: true)
    heap.removeAll(keepingCapacity: true)
  }

  /// Adds a symbol that follows the last in the text.
  mutating func append(start: Int, length: Int, id: Int32) {
    let index = Int32(symbols.count)
    if index > 0 { symbols[Int(index) - 1].next = index }
    symbols.append(
      Symbol(start: UInt32(start), length: UInt32(length), id: id, previous: index - 1, next: -1))
  }

  /// Merges until no pair is left, then calls `body` with each symbol in order.
  mutating func run(_ bytes: UnsafeRawBufferPointer, _ body: (Symbol) throws(TokenizerError) -> Void)
    throws(TokenizerError)
  {
    guard !symbols.isEmpty else { return }
    for index in 1..<max(1, symbols.count) { consider(Int32(index - 1), Int32(index), bytes) }
    while let candidate = pop() { merge(candidate, bytes) }
    var index: Int32 = 0
    while index >= 0 {
      try body(symbols[Int(index)])
      index = symbols[Int(index)].next
    }
  }

  private mutating func merge(_ candidate: Candidate, _ bytes: UnsafeRawBufferPointer) {
    let (left, right) = (Int(candidate.left), Int(candidate.right))
    guard symbols[left].length > 0, symbols[right].length > 0,
      symbols[left].length + symbols[right].length == candidate.length
    else { return }
    let after = symbols[right].next
    symbols[left].length = candidate.length
    symbols[left].id = candidate.id
    symbols[left].next = after
    symbols[right].length = 0
    if after >= 0 {
      symbols[Int(after)].previous = candidate.left
      consider(candidate.left, after, bytes)
    }
    let before = symbols[left].previous
    if before >= 0 { consider(before, candidate.left, bytes) }
  }

  private mutating func consider(_ left: Int32, _ right: Int32, _ bytes: UnsafeRawBufferPointer) {
    let (first, second) = (symbols[Int(left)], symbols[Int(right)])
    guard let (order, id) = rule.merge(first, second, in: bytes) else { return }
    heap.append(Candidate(order: order, left: left, right: right, id: id, length: first.length + second.length))
    var child = heap.count - 1
    while child > 0, heap[child].isBefore(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  private mutating func pop() -> Candidate? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first }
    heap[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].isBefore(heap[least]) {
        least = child
      }
      guard least != parent else { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
