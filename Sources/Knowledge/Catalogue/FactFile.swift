import CFacts

/// A fact file of `Sources/Knowledge/Facts` as the binary carries it.
package struct FactFile: Sendable {
  /// The file's name without its folder and ending.
  package let name: String

  package init(_ name: String) {
    self.name = name
  }

  /// The names of every embedded file, sorted.
  package static var names: [String] {
    var names: [String] = []
    var entry = ew_fact_files()
    while let file = entry, let name = file.pointee.name {
      names.append(String(cString: name))
      entry = file.successor()
    }
    return names.sorted()
  }

  /// The bytes of the file, copied.
  /// - Throws: `FactError` when the binary carries no such file.
  package func bytes() throws(FactError) -> [UInt8] {
    var entry = ew_fact_files()
    while let file = entry, let found = file.pointee.name {
      if String(cString: found) == name {
        return [UInt8](UnsafeBufferPointer(start: file.pointee.bytes, count: file.pointee.size))
      }
      entry = file.successor()
    }
    throw FactError(file: name, problem: "the binary carries no such fact file")
  }
}
