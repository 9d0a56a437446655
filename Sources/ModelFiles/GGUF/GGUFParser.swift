import TensorFormats

/// Reads the head of one GGUF file of version 2 or 3.
///
/// Every count is compared with the bytes that are left before anything is stored, so that memory and time are bounded
/// by the size of the file. Source of the layout: the GGUF specification, and the `gguf` package 0.19.0.
struct GGUFParser {
  static let versions: ClosedRange<UInt32> = 2...3
  static let defaultAlignment = 32
  /// A key of one byte with a one-byte value: length, key, type, value.
  private static let smallestPair = 8 + 1 + 4 + 1

  private let file: MappedFile
  private let fileIndex: Int
  /// Whether the bytes of the tensors must follow.
  private let needsData: Bool
  private var reader: ByteReader

  static func parse(
    _ file: MappedFile, fileIndex: Int, needsData: Bool = true
  ) throws(ModelFileError) -> GGUFPart {
    var parser = GGUFParser(file: file, fileIndex: fileIndex, needsData: needsData)
    return try parser.parse()
  }

  private init(file: MappedFile, fileIndex: Int, needsData: Bool) {
    self.file = file
    self.fileIndex = fileIndex
    self.needsData = needsData
    reader = ByteReader(file)
  }

  private mutating func parse() throws(ModelFileError) -> GGUFPart {
    let version = try header()
    let tensorCountOffset = reader.offset
    let tensorCount = try reader.read(UInt64.self, "the number of tensors")
    let pairCountOffset = reader.offset
    let pairCount = try reader.read(UInt64.self, "the number of metadata pairs")
    try require(pairCount, "metadata pairs", ofAtLeast: Self.smallestPair, at: pairCountOffset)
    try require(tensorCount, "tensors", ofAtLeast: TensorTableReader.smallestEntry, at: tensorCountOffset)
    var metadata = Metadata()
    for index in 0..<Int(pairCount) { try appendPair(index, to: &metadata) }
    let alignment = try alignment(metadata)
    let table = try TensorTableReader.read(
      &reader, count: Int(tensorCount), alignment: alignment, fileIndex: fileIndex, needsData: needsData)
    return GGUFPart(
      version: version, byteOrder: reader.order, metadata: metadata, tensors: table.tensors, alignment: alignment,
      dataOffset: table.dataOffset)
  }

  /// Reads the magic bytes and the version; the version also tells the byte order.
  private mutating func header() throws(ModelFileError) -> UInt32 {
    let magic = UnsafeRawBufferPointer(rebasing: file.bytes.prefix(4))
    guard magic.elementsEqual("GGUF".utf8) else {
      if magic.count < 4, magic.elementsEqual("GGUF".utf8.prefix(magic.count)) {
        throw reader.truncated("the magic bytes 'GGUF'", needs: 4)
      }
      throw FileSignature.refusal(of: file)
    }
    try reader.skip(4, "the magic bytes")
    let start = reader.offset
    var version = try reader.read(UInt32.self, "the version")
    // Versions are small numbers: with the bytes the other way round the low half is zero.
    if version & 0xffff == 0, version != 0 {
      reader.order = .big
      version = version.byteSwapped
    }
    guard Self.versions.contains(version) else {
      let advice =
        version == 1
        ? "Version 1 files were written before September 2023; convert the model again with a current llama.cpp."
        : "The file is damaged, or was written by a newer tool than this release of Edgewise knows."
      throw ModelFileError(
        .unsupportedVersion, "This is GGUF version \(version); versions 2 and 3 are read. \(advice)", path: file.path,
        byteOffset: start)
    }
    return version
  }

  private func require(_ count: UInt64, _ what: String, ofAtLeast size: Int, at offset: Int) throws(ModelFileError) {
    let most = UInt64(reader.remaining / size)
    guard count <= most else {
      throw ModelFileError(
        .truncated,
        "The file declares \(count) \(what), but the \(reader.remaining) bytes that follow hold at most "
          + "\(most). It is truncated or damaged: download or copy it again.", path: file.path, byteOffset: offset)
    }
  }

  private mutating func appendPair(_ index: Int, to metadata: inout Metadata) throws(ModelFileError) {
    let start = reader.offset
    let key = try reader.name("The key of metadata pair \(index)")
    let type = try reader.metadataType(of: "the value of '\(key)'")
    let value: MetadataValue =
      switch type {
      case .string: .string(String(decoding: try reader.stringBytes("the value of '\(key)'"), as: UTF8.self))
      case .array: .array(try MetadataArray(reading: &reader, file: file, key: key, depth: 0))
      default: try reader.scalar(type, of: key)
      }
    guard metadata.append(Metadata.Entry(key: key, type: type, value: value, byteOffset: start)) else {
      let first = metadata.entry(key)?.byteOffset ?? 0
      throw reader.malformed(
        "The metadata key '\(key)' is there twice, first at byte \(first). The file is damaged: write it again.",
        at: start)
    }
  }

  private func alignment(_ metadata: Metadata) throws(ModelFileError) -> Int {
    guard let entry = metadata.entry("general.alignment") else { return Self.defaultAlignment }
    guard let value = entry.value.integer, value > 0, value <= 1 << 30, value & (value - 1) == 0 else {
      throw reader.malformed(
        "'general.alignment' must be a power of two from 1 to 2^30. The file is damaged.", at: entry.byteOffset)
    }
    return value
  }
}
