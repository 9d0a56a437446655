/// Finds every occurrence of many byte strings in one pass (Aho and Corasick, 1975), in time linear in the text.
///
/// The transition table is complete, so a byte costs one look-up whatever the text is. Bytes that no literal uses share
/// one column, which keeps the table small.
package struct LiteralAutomaton: Sendable {
  /// The column of each byte value; 0 is "in no literal".
  private let columns: [UInt8]
  private let width: Int
  /// `state * width + column` -> next state.
  private let transitions: [UInt16]
  /// The literals that end in each state: a range of `endings`.
  private let endingRanges: [Range<Int>]
  private let endings: [Int]

  /// Builds the automaton for `literals`, whose positions are what `scan` reports; an empty literal is never found.
  package init(_ literals: [[UInt8]]) {
    var columns = [UInt8](repeating: 0, count: 256)
    var width = 1
    for literal in literals {
      for byte in literal where columns[Int(byte)] == 0 && width < 256 {
        columns[Int(byte)] = UInt8(width)
        width += 1
      }
    }
    var next: [[Int]] = [Array(repeating: -1, count: width)]
    var found: [[Int]] = [[]]
    for (index, literal) in literals.enumerated() where !literal.isEmpty {
      var state = 0
      for byte in literal {
        let column = Int(columns[Int(byte)])
        if next[state][column] < 0 {
          next[state][column] = next.count
          next.append(Array(repeating: -1, count: width))
          found.append([])
        }
        state = next[state][column]
      }
      found[state].append(index)
    }
    precondition(next.count <= Int(UInt16.max), "the literals need more than 65,535 states")

    // Breadth first, each missing edge takes that of the longest proper suffix, which is complete by then.
    var fallback = Array(repeating: 0, count: next.count)
    var queue: [Int] = []
    for column in 0..<width {
      let child = next[0][column]
      if child > 0 { queue.append(child) } else { next[0][column] = 0 }
    }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      found[state] += found[fallback[state]]
      for column in 0..<width {
        let child = next[state][column]
        if child < 0 {
          next[state][column] = next[fallback[state]][column]
        } else {
          fallback[child] = next[fallback[state]][column]
          queue.append(child)
        }
      }
    }

    var endings: [Int] = []
    var ranges: [Range<Int>] = []
    for list in found {
      ranges.append(endings.count..<endings.count + list.count)
      endings += list
    }
    self.columns = columns
    self.width = width
    self.transitions = next.flatMap { $0.map(UInt16.init) }
    self.endingRanges = ranges
    self.endings = endings
  }

  /// Calls `report` with the position of a literal in the list and the index just after it, for every occurrence.
  package func scan(_ text: Span<UInt8>, _ report: (_ literal: Int, _ end: Int) -> Void) {
    let columns = columns.span
    let transitions = transitions.span
    let ranges = endingRanges.span
    var state = 0
    for index in 0..<text.count {
      state = Int(transitions[state * width + Int(columns[Int(text[index])])])
      let range = ranges[state]
      if range.isEmpty { continue }
      for ending in range { report(endings[ending], index + 1) }
    }
  }
}
