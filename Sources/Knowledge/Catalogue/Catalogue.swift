import JSON

/// The records of one fact file, found by id or by another name.
package struct Catalogue<Record: FactRecord>: Sendable {
  /// Sorted by id; empty when the file did not read, which `error` explains and a test rules out.
  package let records: [Record]
  package let error: FactError?
  private let places: [String: Int]

  /// Takes records as they come.
  package init(_ records: [Record], error: FactError? = nil) {
    self.records = records.sorted { $0.id < $1.id }
    self.error = error
    var places: [String: Int] = [:]
    for (place, record) in self.records.enumerated() {
      for name in record.otherNames { places[Self.key(name)] = places[Self.key(name)] ?? place }
    }
    for (place, record) in self.records.enumerated() { places[Self.key(record.id)] = place }
    self.places = places
  }

  /// Reads the record's file out of the binary.
  package init(reading type: Record.Type) {
    do throws(FactError) {
      self.init(try Record.file.records(Record.self))
    } catch {
      self.init([], error: error)
    }
  }

  /// The record with an id or other name; letter case and the separators `-`, `_`, `:`, `.` and space are all one.
  package func record(_ name: String) -> Record? {
    places[Self.key(name)].map { records[$0] }
  }

  /// The ids that come nearest to a name that was not found, the nearest first.
  package func suggestions(for name: String, limit: Int = 3) -> [String] {
    Spelling.nearest(to: name, among: records.map(\.id), limit: limit)
  }

  private static func key(_ name: String) -> String {
    String(name.lowercased().filter { !"-_:. ".contains($0) })
  }
}
