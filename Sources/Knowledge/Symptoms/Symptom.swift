/// A known error message or complaint about a framework: what it looks like, why it happens and what helps.
package struct Symptom: FactRecord, Hashable {
  package static let file = FactFile("symptoms")
  package static let catalogue = Catalogue(reading: Symptom.self)

  /// How bad it is, or what kind of trouble it is when it is not an error.
  package enum Severity: String, Codable, Sendable, CaseIterable {
    case fatal, error, warning, perf, quality, conflict, design, info
  }

  /// What stands behind the record.
  package enum Basis: String, Codable, Sendable, CaseIterable {
    /// Read in the framework's own source or documentation.
    case source
    /// Seen in an issue thread.
    case issue
    case sourceAndIssue = "source+issue"
    case issueAndSource = "issue+source"
    /// General knowledge, not checked against a source.
    case general
  }

  /// The stable code, such as `lcp-kv-alloc`.
  package var id: String
  /// The framework that writes the message, as users write its name.
  package var framework: String
  /// The text that the log holds, or for a complaint the complaint in words.
  package var pattern: String
  /// How `pattern` is looked for: `substring`, `concept`, or `regex: ` with the expression.
  package var match: String
  package var severity: Severity
  package var cause: String
  /// What to do, in order, parted by semicolons.
  package var fix: String
  package var evidence: Basis
  package var source: String
  /// For a complaint: it is recognized when one word of each group occurs.
  package var words: [[String]]?
  /// Whether the line only follows another that has the reason.
  package var isFollowOn: Bool?
  /// Whether other programs write the same text too, so that the framework has to be known from elsewhere.
  package var isGeneric: Bool?
  /// The rules that explain the matter further.
  package var rules: [String]?

  /// The steps of `fix`: semicolons inside parentheses and quotation marks do not part.
  package var fixSteps: [String] {
    var steps: [String] = []
    var current = ""
    var depth = 0
    for character in fix {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth = max(0, depth - 1)
      case ";" where depth == 0:
        steps.append(current)
        current = ""
        continue
      default: break
      }
      current.append(character)
    }
    steps.append(current)
    return steps.map { $0.trimmingSpaces }.filter { !$0.isEmpty }
  }
}

extension String {
  /// The text without the spaces at its two ends.
  fileprivate var trimmingSpaces: String {
    let start = drop { $0 == " " }
    guard let last = start.lastIndex(where: { $0 != " " }) else { return "" }
    return String(start[...last])
  }
}
