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
  private static let troubleLimit = 64
  private static let placesPerSymptom = 3
  private static let readingsPerField = 32

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
    var hits: [Int: LogScan.Hit] = [:]
    var readings: [LogReading.Field: [LogReading]] = [:]
    var frameworks: [String: LogScan.Framework] = [:]
    var troubles: [LogScan.Place] = []
    var line = 1
    var counted = 0

    func lineNumber(at index: Int) -> Int {
      while counted < index {
        if text[counted] == 0x0A { line += 1 }
        counted += 1
      }
      return line
    }
    func record(_ symptom: Int, _ range: Range<Int>) {
      if hits[symptom] == nil { hits[symptom] = LogScan.Hit(symptom: symptoms[symptom], places: [], count: 0) }
      hits[symptom]?.count += 1
      guard let hit = hits[symptom], hit.places.count < Self.placesPerSymptom else { return }
      let place = LogScan.Place(line: lineNumber(at: range.lowerBound), excerpt: log.excerpt(around: range))
      hits[symptom]?.places.append(place)
    }

    automaton.scan(text) { needle, end in
      let start = end - lengths[needle]
      switch needles[needle] {
      case .literal(let symptom): record(symptom, start..<end)
      case .expression(let symptom, let pattern):
        let limit = min(text.count, end + Self.windowByteCount)
        if let matchEnd = pattern.match(text, from: start, before: limit) { record(symptom, start..<matchEnd) }
      case .reader(let reader):
        if !reader.notAfter.isEmpty, start >= reader.notAfter.count,
          log.bytes[(start - reader.notAfter.count)..<start].elementsEqual(reader.notAfter)
        {
          return
        }
        let limit = min(text.count, end + Self.windowByteCount)
        guard let values = reader.template.read(text, from: start, before: limit) else { return }
        let number = lineNumber(at: start)
        for (value, field) in zip(values, reader.fields) {
          guard let field else { continue }
          let reading = LogReading(
            field: field.field, value: value * field.scale, line: number, excerpt: log.excerpt(around: start..<end))
          if readings[field.field, default: []].count == Self.readingsPerField {
            readings[field.field]?.removeLast()
          }
          readings[field.field, default: []].append(reading)
        }
      case .clue(let clue):
        if frameworks[clue.framework] == nil {
          frameworks[clue.framework] = LogScan.Framework(name: clue.framework, clues: [], line: lineNumber(at: start))
        }
        if frameworks[clue.framework]?.clues.contains(clue.text) == false {
          frameworks[clue.framework]?.clues.append(clue.text)
        }
      case .trouble:
        guard troubles.count < Self.troubleLimit else { return }
        let number = lineNumber(at: start)
        if troubles.last?.line != number {
          troubles.append(LogScan.Place(line: number, excerpt: log.excerpt(around: start..<end)))
        }
      }
    }
    let explained = Set(hits.values.flatMap(\.places).map(\.line))

    let lastIsOpen = text.count > 0 && text[text.count - 1] != 0x0A
    let newlines = lineNumber(at: text.count) - 1
    return LogScan(
      hits: hits.sorted { ($0.value.places.first?.line ?? 0, $0.key) < ($1.value.places.first?.line ?? 0, $1.key) }
        .map(\.value),
      readings: readings.values.flatMap { $0 }.sorted {
        ($0.line, $0.field.rawValue) < ($1.line, $1.field.rawValue)
      },
      frameworks: frameworks.values.sorted { ($1.clues.count, $0.name) < ($0.clues.count, $1.name) },
      troubles: troubles.filter { !explained.contains($0.line) },
      lineCount: newlines + (lastIsOpen ? 1 : 0), byteCount: text.count)
  }
}
