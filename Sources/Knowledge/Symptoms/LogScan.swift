/// What a log holds, as far as it is known.
package struct LogScan: Sendable {
  /// A place in the log.
  package struct Place: Codable, Sendable, Hashable {
    /// The line, counted from 1.
    package var line: Int
    /// The line or the part of it around the match, cut to about 200 bytes.
    package var excerpt: String
  }

  /// A symptom that was found, and its first places.
  package struct Hit: Sendable {
    package var symptom: Symptom
    package var places: [Place]
    /// How often it was found.
    package var count: Int
  }

  /// A framework that the text gives away.
  package struct Framework: Codable, Sendable, Hashable {
    package var name: String
    /// The different pieces of text that only this framework writes.
    package var clues: [String]
    /// The first line that has one.
    package var line: Int
  }

  /// The symptoms, in the order of their first lines.
  package var hits: [Hit]
  /// The numbers, in the order of their lines; of a field that occurs often the first 31 and the last.
  package var readings: [LogReading]
  /// The frameworks, those with the most different clues first.
  package var frameworks: [Framework]
  /// The first lines that report trouble of which no symptom is known.
  package var troubles: [Place]
  package var lineCount: Int
  package var byteCount: Int

  /// The last value of `field` in the log, with its line.
  package func last(_ field: LogReading.Field) -> LogReading? { readings.last { $0.field == field } }

  /// All values of `field` in the order of the log.
  package func all(_ field: LogReading.Field) -> [LogReading] { readings.filter { $0.field == field } }
}
