package import JSON

extension FactFile {
  /// The file as a JSON value.
  /// - Throws: `FactError` when it is missing or not JSON.
  package func json() throws(FactError) -> JSON {
    let bytes = try bytes()
    do {
      return try JSON.parse(bytes)
    } catch {
      throw FactError(file: name, problem: "\(error)")
    }
  }

  /// Reads the file as an array of records.
  func records<Record: FactRecord>(_ type: Record.Type) throws(FactError) -> [Record] {
    let json = try json()
    do {
      return try json.decode([Record].self)
    } catch {
      throw FactError(file: name, problem: "\(error)")
    }
  }
}
