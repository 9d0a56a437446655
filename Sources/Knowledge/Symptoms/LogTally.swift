/// What a scan has found so far: bounded, whatever the log repeats, with excerpts cut only at the end.
struct LogTally {
  private struct Found {
    var ranges: [(range: Range<Int>, line: Int)] = []
    var count = 0
  }
  private struct Number {
    var field: LogReading.Field
    var value: Double
    var range: Range<Int>
    var line: Int
  }

  private static let placesPerSymptom = 3
  private static let readingsPerField = 32
  private static let troubleLimit = 64

  private var found: [Found]
  private var numbers: [LogReading.Field: [Number]] = [:]
  private var frameworks: [String: LogScan.Framework] = [:]
  private var troubles: [(range: Range<Int>, line: Int)] = []
  private var lastHitLine = 0
  private var line = 1
  private var counted = 0

  init(symptomCount: Int) {
    found = Array(repeating: Found(), count: symptomCount)
  }

  /// The line of `index`; places are asked for in the order of the text, up to the length of a literal.
  private mutating func lineNumber(at index: Int, _ text: Span<UInt8>) -> Int {
    while counted < index {
      if text[counted] == 0x0A { line += 1 }
      counted += 1
    }
    return line
  }

  mutating func add(symptom: Int, _ range: Range<Int>, _ text: Span<UInt8>) {
    let number = lineNumber(at: range.lowerBound, text)
    explain(number)
    found[symptom].count += 1
    if found[symptom].ranges.count < Self.placesPerSymptom { found[symptom].ranges.append((range, number)) }
  }

  mutating func add(_ field: LogReading.Field, _ value: Double, _ range: Range<Int>, _ text: Span<UInt8>) {
    let number = Number(field: field, value: value, range: range, line: lineNumber(at: range.lowerBound, text))
    if field == .failedAllocationBytes { explain(number.line) }
    if let last = numbers[field]?.indices.last, last == Self.readingsPerField - 1 {
      numbers[field]?[last] = number
    } else {
      numbers[field, default: []].append(number)
    }
  }

  mutating func add(_ clue: FrameworkClue, _ range: Range<Int>, _ text: Span<UInt8>) {
    if frameworks[clue.framework]?.clues.contains(clue.text) == true { return }
    let number = lineNumber(at: range.lowerBound, text)
    frameworks[clue.framework, default: LogScan.Framework(name: clue.framework, clues: [], line: number)]
      .clues.append(clue.text)
  }

  /// Takes the line, which is the current one, out of those that report unexplained trouble.
  private mutating func explain(_ number: Int) {
    lastHitLine = number
    if troubles.last?.line == number { troubles.removeLast() }
  }

  /// Takes a line that reports trouble, unless a symptom explains it.
  mutating func addTrouble(_ range: Range<Int>, _ text: Span<UInt8>) {
    guard troubles.count < Self.troubleLimit else { return }
    let number = lineNumber(at: range.lowerBound, text)
    if number != lastHitLine, troubles.last?.line != number { troubles.append((range, number)) }
  }

  /// Cuts the excerpts and puts everything in order.
  mutating func result(_ symptoms: [Symptom], _ log: LogText) -> LogScan {
    let text = log.bytes.span
    let isOpen = text.count > 0 && text[text.count - 1] != 0x0A
    let lineCount = lineNumber(at: text.count, text) - (isOpen ? 0 : 1)
    func place(_ found: (range: Range<Int>, line: Int)) -> LogScan.Place {
      LogScan.Place(line: found.line, excerpt: log.excerpt(around: found.range))
    }
    let hits = zip(symptoms, found).filter { $0.1.count > 0 }
      .sorted { ($0.1.ranges.first?.line ?? 0, $0.0.id) < ($1.1.ranges.first?.line ?? 0, $1.0.id) }
    let ordered = numbers.values.flatMap { $0 }.sorted {
      ($0.range.lowerBound, $0.field.rawValue) < ($1.range.lowerBound, $1.field.rawValue)
    }
    return LogScan(
      hits: hits.map { LogScan.Hit(symptom: $0.0, places: $0.1.ranges.map(place), count: $0.1.count) },
      readings: ordered.map {
        LogReading(field: $0.field, value: $0.value, line: $0.line, excerpt: log.excerpt(around: $0.range))
      },
      frameworks: frameworks.values.sorted { ($1.clues.count, $0.name) < ($0.clues.count, $1.name) },
      troubles: troubles.map(place), lineCount: lineCount, byteCount: text.count)
  }
}
