import JSON
import Knowledge
import Testing

@Suite struct FactFileTests {
  @Test(
    "every fact file is an array of records with an id and a source, sorted, each id once", arguments: FactFile.names)
  func records(_ name: String) throws {
    let records = try #require(FactFile(name).json().array)
    #expect(!records.isEmpty)
    let ids = records.map { $0["id"]?.string }
    #expect(!ids.contains(nil))
    #expect(Set(ids).count == ids.count)
    if name != "symptoms" { #expect(ids.compactMap(\.self) == ids.compactMap(\.self).sorted()) }
    for record in records {
      #expect(record["source"]?.string?.isEmpty == false, "\(record["id"]?.string ?? "?")")
    }
  }

  /// Objects that hold a number, and neither name a source of their own nor have a parent that does, by id.
  private static func unsourced(_ value: JSON, sourced: Bool, path: String) -> [String] {
    switch value {
    case .object(let members):
      let sourced = sourced || members.contains { $0.key == "source" || $0.key.hasSuffix("Source") }
      return members.flatMap { unsourced($0.value, sourced: sourced, path: path + "/" + $0.key) }
    case .array(let elements):
      return elements.enumerated().flatMap { unsourced($0.element, sourced: sourced, path: "\(path)/\($0.offset)") }
    case .integer, .number: return sourced ? [] : [path]
    default: return []
    }
  }

  @Test("every number of a fact file stands in a record with a source", arguments: FactFile.names)
  func numbers(_ name: String) throws {
    #expect(Self.unsourced(try FactFile(name).json(), sourced: false, path: name).isEmpty)
  }

  @Test("every field of a typed record is read: writing the records gives the file again")
  func roundTrip() throws {
    try check(FrameworkRecord.self)
    try check(RequirementRecord.self)
    try check(PlatformRow.self)
    try check(WorkflowRecord.self)
    try check(UseCaseRecord.self)
    try check(Correction.self)
    try check(QuantizationRecord.self)
    try check(CacheFormatRecord.self)
    try check(CatalogueModel.self)
    try check(ShapeRecord.self)
    try check(PlatformRecord.self)
  }

  private func check<Record: FactRecord>(_ type: Record.Type) throws {
    #expect(Record.catalogue.error == nil)
    let file = try Record.file.json()
    let written = try JSON(encoding: Record.catalogue.records)
    let names = Set(file.array?.flatMap { Self.names($0) } ?? [])
    let writtenNames = Set(written.array?.flatMap { Self.names($0) } ?? [])
    #expect(names == writtenNames, "\(Record.file.name)")
    #expect(written.array?.count == file.array?.count)
  }

  private static func names(_ value: JSON) -> [String] {
    switch value {
    case .object(let members):
      members.flatMap { $0.value == .null ? [] : [$0.key] + names($0.value) }
    case .array(let elements): elements.flatMap(names)
    default: []
    }
  }
}
