import FoundationEssentials

extension FactFile {
  /// Reads the file as an array of records.
  func records<Record: FactRecord>(_ type: Record.Type) throws(FactError) -> [Record] {
    let bytes = try bytes()
    do {
      return try JSONDecoder().decode([Record].self, from: Data(bytes))
    } catch {
      throw FactError(file: name, problem: "\(error)")
    }
  }
}
