extension JSON {
  /// The way from the root of a value to one inside it, written as RFC 6901 has it; the root is the empty string.
  package struct Pointer: Hashable, Sendable, CustomStringConvertible {
    /// A key of an object or a place in an array.
    package enum Step: Hashable, Sendable {
      case key(String)
      case index(Int)
    }

    package var steps: [Step]

    package init(_ steps: [Step] = []) { self.steps = steps }

    package var description: String {
      steps.map { step in
        switch step {
        case .index(let index): return "/\(index)"
        case .key(let key):
          let escaped = key.map { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) }
          return "/" + escaped.joined()
        }
      }.joined()
    }
  }
}
