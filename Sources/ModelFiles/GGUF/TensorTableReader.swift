import TensorFormats

/// Reads the table of tensors and holds each entry against the size of the file and against the others.
struct TensorTableReader {
  /// A name of one byte, one dimension: length, name, dimension count, dimension, type, offset.
  static let smallestEntry = 8 + 1 + 4 + 8 + 4 + 8
  static let mostDimensions = 4

  /// An entry whose place in the file is not known yet, because the data starts after the table.
  private struct Pending {
    var name: String
    var shape: [Int]
    var format: TensorFormat
    var byteCount: Int
    var relativeOffset: UInt64
    /// Where the entry, and the offset in it, stand in the file.
    var entryOffset: Int
    var offsetOffset: Int
  }

  static func read(
    _ reader: inout ByteReader, count: Int, alignment: Int, fileIndex: Int, needsData: Bool
  ) throws(ModelFileError) -> (tensors: [TensorDescription], dataOffset: Int) {
    var pending: [Pending] = []
    var names: [String: Int] = [:]
    for index in 0..<count {
      let entry = try readEntry(&reader, index: index)
      if let first = names.updateValue(entry.entryOffset, forKey: entry.name) {
        throw reader.malformed(
          "The tensor '\(entry.name)' is there twice, first at byte \(first). The file is damaged: write it again.",
          at: entry.entryOffset)
      }
      pending.append(entry)
    }
    let dataOffset = (reader.offset + alignment - 1) & ~(alignment - 1)
    var tensors: [TensorDescription] = []
    tensors.reserveCapacity(pending.count)
    for entry in pending {
      tensors.append(
        try place(
          entry, dataOffset: dataOffset, alignment: alignment, fileIndex: fileIndex,
          availableBytes: needsData ? reader.bytes.count - dataOffset : Int.max - dataOffset, reader: reader))
    }
    try requireDisjoint(tensors, pending, reader: reader)
    return (tensors, dataOffset)
  }

  private static func readEntry(_ reader: inout ByteReader, index: Int) throws(ModelFileError) -> Pending {
    let entryOffset = reader.offset
    let name = try reader.name("The name of tensor \(index)")
    let dimensionsOffset = reader.offset
    let dimensions = try reader.read(UInt32.self, "the number of dimensions of '\(name)'")
    guard (1...UInt32(mostDimensions)).contains(dimensions) else {
      throw reader.malformed(
        "The tensor '\(name)' has \(dimensions) dimensions; 1 to \(mostDimensions) are allowed. The file is damaged.",
        at: dimensionsOffset)
    }
    var shape: [Int] = []
    var values = 1
    for dimension in 0..<Int(dimensions) {
      let start = reader.offset
      let size = try reader.read(UInt64.self, "dimension \(dimension) of '\(name)'")
      guard let size = Int(exactly: size), size > 0 else {
        throw reader.malformed(
          "Dimension \(dimension) of the tensor '\(name)' is \(size); 1 to 2^63 - 1 are allowed. The file is damaged.",
          at: start)
      }
      let (product, overflow) = values.multipliedReportingOverflow(by: size)
      guard !overflow else {
        throw reader.malformed(
          "The tensor '\(name)' has more than 2^63 values. The file is damaged.", at: dimensionsOffset)
      }
      values = product
      shape.append(size)
    }
    let formatOffset = reader.offset
    let id = try reader.read(UInt32.self, "the format of '\(name)'")
    guard let format = TensorFormat(id: id) else {
      throw ModelFileError(
        .unsupportedFormat, UnknownFormat.message(id: id, tensor: name), path: reader.path, byteOffset: formatOffset)
    }
    guard shape[0].isMultiple(of: format.valuesPerBlock) else {
      throw reader.malformed(
        "The rows of the tensor '\(name)' have \(shape[0]) values, which is not a multiple of the "
          + "\(format.valuesPerBlock) values in a block of \(format). The file is damaged: quantize the model again.",
        at: dimensionsOffset)
    }
    guard let byteCount = format.byteCount(values: values) else {
      throw reader.malformed(
        "The tensor '\(name)' needs more than 2^63 bytes. The file is damaged.", at: dimensionsOffset)
    }
    let offsetOffset = reader.offset
    let relativeOffset = try reader.read(UInt64.self, "the offset of '\(name)'")
    return Pending(
      name: name, shape: shape, format: format, byteCount: byteCount, relativeOffset: relativeOffset,
      entryOffset: entryOffset, offsetOffset: offsetOffset)
  }

  private static func place(
    _ entry: Pending, dataOffset: Int, alignment: Int, fileIndex: Int, availableBytes available: Int,
    reader: ByteReader
  ) throws(ModelFileError) -> TensorDescription {
    guard entry.relativeOffset.isMultiple(of: UInt64(alignment)) else {
      throw reader.malformed(
        "The tensor '\(entry.name)' starts \(entry.relativeOffset) bytes into the data, which is not a multiple of the "
          + "alignment \(alignment). The file is damaged.", at: entry.offsetOffset)
    }
    guard available >= entry.byteCount, entry.relativeOffset <= UInt64(available - entry.byteCount) else {
      throw ModelFileError(
        .truncated,
        "The tensor '\(entry.name)' needs \(entry.byteCount) bytes from \(entry.relativeOffset) bytes into "
          + "the data, but the file has \(max(0, available)) bytes of data. It is truncated or damaged: download or copy "
          + "it again.", path: reader.path, byteOffset: entry.offsetOffset)
    }
    return TensorDescription(
      name: entry.name, shape: entry.shape, format: entry.format,
      byteOffset: dataOffset + Int(entry.relativeOffset), byteCount: entry.byteCount, fileIndex: fileIndex)
  }

  private static func requireDisjoint(
    _ tensors: [TensorDescription], _ pending: [Pending], reader: ByteReader
  ) throws(ModelFileError) {
    let order = tensors.indices.sorted { (tensors[$0].byteOffset, $0) < (tensors[$1].byteOffset, $1) }
    for (lower, upper) in zip(order, order.dropFirst()) {
      let end = tensors[lower].byteOffset + tensors[lower].byteCount
      guard end <= tensors[upper].byteOffset else {
        throw reader.malformed(
          "The tensors '\(tensors[lower].name)' and '\(tensors[upper].name)' overlap: the second starts at byte "
            + "\(tensors[upper].byteOffset), the first ends at \(end). The file is damaged.",
          at: pending[upper].offsetOffset)
      }
    }
  }
}
