/// Reads a log once and reports the known symptoms, the numbers and the framework that wrote it.
///
/// All literals, and the literal beginnings of all expressions and number templates, are one automaton: the time is linear in
/// the log whatever it holds, and what follows a beginning is read for at most `windowByteCount` bytes.
package struct LogScanner: Sendable {
  private enum Needle: Sendable {
    case literal(symptom: Int)
    case expression(symptom: Int, LinePattern)
    case reader(LogReader)
    case clue(FrameworkClue)
    case trouble
  }

  private let symptoms: [Symptom]
  private let needles: [Needle]
  private let lengths: [Int]
  private let automaton: LiteralAutomaton

  private static let windowByteCount = 512

  /// Prepares the search for `symptoms`; throws when the expression of one cannot be used.
  package init(
    symptoms: [Symptom], readers: [LogReader] = LogReader.all, clues: [FrameworkClue] = FrameworkClue.all
  ) throws(LinePattern.Malformed) {
    var needles: [Needle] = []
    var literals: [[UInt8]] = []
    for (index, symptom) in symptoms.enumerated() {
      if symptom.match == "substring" {
        needles.append(.literal(symptom: index))
        literals.append(Array(symptom.pattern.utf8))
      } else if symptom.match.hasPrefix("regex: ") {
        let pattern = try LinePattern(String(symptom.match.dropFirst("regex: ".count)))
        needles.append(.expression(symptom: index, pattern))
        literals.append(pattern.prefix)
      }
    }
    for reader in readers {
      needles.append(.reader(reader))
      literals.append(reader.template.anchor)
    }
    for clue in clues {
      needles.append(.clue(clue))
      literals.append(Array(clue.text.utf8))
    }
    for word in Self.troubleWords {
      needles.append(.trouble)
      literals.append(Array(word.utf8))
    }
    self.symptoms = symptoms
    self.needles = needles
    lengths = literals.map(\.count)
    automaton = LiteralAutomaton(literals)
  }

  /// Words that mark a line as one that reports trouble.
  private static let troubleWords = [
    "ERROR", "Error", "Exception", "FATAL", "Segmentation fault", "Traceback", "aborted", "cannot ", "core dumped",
    "error", "failed", "fatal", "panic", "refused", "unable to",
  ]

  /// The search for every symptom of the facts; nil only when an expression among them is malformed, which tests rule out.
  package static let standard = try? LogScanner(symptoms: Symptom.catalogue.records)

  /// Reads `log` from its first byte to its last.
  package func scan(_ log: LogText) -> LogScan {
    let text = log.bytes.span
    var tally = LogTally(symptomCount: symptoms.count)
    automaton.scan(text) { needle, end in
      let start = end - lengths[needle]
      let limit = min(text.count, end + Self.windowByteCount)
      switch needles[needle] {
      case .literal(let symptom): tally.add(symptom: symptom, start..<end, text)
      case .expression(let symptom, let pattern):
        if let matchEnd = pattern.match(text, from: start, before: limit) {
          tally.add(symptom: symptom, start..<matchEnd, text)
        }
      case .reader(let reader):
        if log.bytes[..<start].suffix(reader.notAfter.count).elementsEqual(reader.notAfter), !reader.notAfter.isEmpty {
          return
        }
        guard let values = reader.template.read(text, from: start, before: limit) else { return }
        for (value, field) in zip(values, reader.fields) {
          if let field { tally.add(field.field, value * field.scale, start..<end, text) }
        }
      case .clue(let clue): tally.add(clue, start..<end, text)
      case .trouble: tally.addTrouble(start..<end, text)
      }
    }
    return tally.result(symptoms, log)
  }
}
