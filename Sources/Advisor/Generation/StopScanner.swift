/// Finds the texts that end an answer, as the answer comes in pieces.
package struct StopScanner: Sendable {
  private let stops: [[UInt8]]
  /// What may be the beginning of a stop.
  private var pending: [UInt8] = []

  /// A scanner that looks for each of `stops`; empty ones never match.
  package init(_ stops: [String]) { self.stops = stops.map { Array($0.utf8) }.filter { !$0.isEmpty } }

  /// Takes the next piece and returns what is certainly part of the answer, and the stop that was found.
  package mutating func append(_ text: String) -> (text: String, stop: String?) {
    pending += text.utf8
    let found = stops.compactMap { stop in Self.place(of: stop, in: pending).map { (place: $0, stop: stop) } }
      .min { ($0.place, -$0.stop.count) < ($1.place, -$1.stop.count) }
    if let found {
      defer { pending = [] }
      return (String(decoding: pending[..<found.place], as: UTF8.self), String(decoding: found.stop, as: UTF8.self))
    }
    let held = stops.map { Self.overlap(of: pending, with: $0) }.max() ?? 0
    defer { pending = Array(pending.suffix(held)) }
    return (String(decoding: pending.dropLast(held), as: UTF8.self), nil)
  }

  /// What is left when no piece follows.
  package mutating func finish() -> String {
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }

  private static func place(of stop: [UInt8], in text: [UInt8]) -> Int? {
    guard text.count >= stop.count else { return nil }
    return (0...text.count - stop.count).first { text[$0..<$0 + stop.count].elementsEqual(stop) }
  }

  /// How many bytes at the end of `text` are the beginning of `stop`, but not all of it.
  private static func overlap(of text: [UInt8], with stop: [UInt8]) -> Int {
    (0..<min(stop.count, text.count + 1)).last { text.suffix($0).elementsEqual(stop.prefix($0)) } ?? 0
  }
}
