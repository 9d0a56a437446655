/// Finds the most likely tokens of a large vocabulary without sorting all of it.
enum CandidateSelection {
  /// The `count` tokens with the largest logits, sorted, of equals the first; all possible ones when `count` is 0.
  static func mostLikely(_ logits: some Collection<Float>, count: Int) -> [TokenCandidate] {
    let limit = count == 0 ? logits.count : min(count, logits.count)
    // A heap whose root is the least likely of those kept.
    var kept: [TokenCandidate] = []
    kept.reserveCapacity(limit)
    for (token, logit) in logits.enumerated() where logit > -.infinity {
      let candidate = TokenCandidate(token: token, logit: Double(logit), probability: 0)
      if kept.count < limit {
        kept.append(candidate)
        if kept.count == limit, limit < logits.count {
          for parent in (0..<limit / 2).reversed() { sink(&kept, parent) }
        }
      } else if candidate.precedes(kept[0]) {
        kept[0] = candidate
        sink(&kept, 0)
      }
    }
    return kept.sorted { $0.precedes($1) }
  }

  private static func sink(_ heap: inout [TokenCandidate], _ start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[least].precedes(heap[child]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
