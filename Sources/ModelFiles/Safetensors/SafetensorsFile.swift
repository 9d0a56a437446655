/// One safetensors file: its header; the tensors themselves are not read.
package struct SafetensorsFile: Sendable {
  package let file: MappedFile
  /// The text under `__metadata__`, such as `format`.
  package let metadata: [String: String]
  /// In the order of their bytes.
  package let tensors: [SafetensorsTensor]

  package static func open(path: String) throws(ModelFileError) -> SafetensorsFile {
    try SafetensorsParser.parse(try MappedFile.open(path: path))
  }

  package static func parse(_ bytes: some Collection<UInt8>) throws(ModelFileError) -> SafetensorsFile {
    try SafetensorsParser.parse(try MappedFile.copying(bytes))
  }

  /// Whether `file` starts like one (a length, then an object) or is named like one.
  static func looksLike(_ file: MappedFile) -> Bool {
    guard file.bytes.count >= 10, file.bytes[8] == UInt8(ascii: "{") else { return hasName(file) && !isText(file) }
    return UInt64(littleEndian: file.bytes.loadUnaligned(as: UInt64.self)) < 1 << 40 || hasName(file)
  }

  private static func hasName(_ file: MappedFile) -> Bool { file.path?.lowercased().hasSuffix(".safetensors") == true }

  /// Git LFS pointers and error pages are often saved under the name of a model.
  private static func isText(_ file: MappedFile) -> Bool {
    file.bytes.starts(with: "version https://".utf8) || file.bytes.first == UInt8(ascii: "<")
  }
}
