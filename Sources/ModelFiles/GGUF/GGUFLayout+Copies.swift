extension GGUFLayout.Pair {
  /// The pairs of a file but those that belong to its parts and alignment, which a new file sets itself.
  ///
  /// Values of big-endian files are taken for little-endian ones only where they are single numbers and texts; arrays of such
  /// files are left out.
  package static func copies(of file: GGUFFile) -> [GGUFLayout.Pair] {
    file.metadata.entries.compactMap { entry in
      guard !entry.key.hasPrefix("split."), entry.key != "general.alignment" else { return nil }
      return value(entry, order: file.byteOrder).map { GGUFLayout.Pair(entry.key, $0) }
    }
  }

  private static func value(_ entry: Metadata.Entry, order: ByteOrder) -> GGUFValue? {
    switch entry.value {
    case .string(let text): return .string(text)
    case .bool(let value): return .bool(value)
    case .unsigned(let value): return .raw(entry.type, bytes(value, entry.type.byteCount ?? 8))
    case .signed(let value): return .raw(entry.type, bytes(UInt64(bitPattern: value), entry.type.byteCount ?? 8))
    case .floating(let value):
      return entry.type == .float32
        ? .float32(Float(value)) : .raw(entry.type, bytes(value.bitPattern, 8))
    case .array(let array):
      guard order == .little else { return nil }
      var content: [UInt8] = []
      content.append(littleEndian: array.elementType.rawValue)
      content.append(littleEndian: UInt64(array.count))
      content += array.file.bytes[array.byteOffset..<array.byteOffset + array.byteCount]
      return .raw(.array, content)
    }
  }

  private static func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0.prefix(count)) }
  }
}
