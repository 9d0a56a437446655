/// One record of a fact file: it has an id, unique in its file, by which the file is sorted, and names its source.
package protocol FactRecord: Codable, Sendable, Identifiable where ID == String {
  /// The file that holds the records of this type.
  static var file: FactFile { get }
  /// The records, read once.
  static var catalogue: Catalogue<Self> { get }
  /// Other names by which a reader may ask for the record.
  var otherNames: [String] { get }
  /// Where the record's facts come from.
  var source: String { get }
}

extension FactRecord {
  package var otherNames: [String] { [] }
}
