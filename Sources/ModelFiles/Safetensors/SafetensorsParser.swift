/// Reads the header of a safetensors file and holds every tensor against the file's size and the others.
///
/// Source of the layout and of the limit: the format section of huggingface/safetensors' README, and
/// `safetensors/src/tensor.rs`: 8 bytes of length, a JSON object of that many bytes, then the tensors without gaps.
struct SafetensorsParser {
  /// The reference implementation refuses longer headers.
  static let longestHeader = 100_000_000
  /// More tensors than any file has; a file of nothing but small entries must not cost memory.
  static let mostTensors = 500_000
  static let mostDimensions = 8

  /// What an entry says before it is checked.
  private struct Entry {
    var type: SafetensorsType?
    var shape: [Int]?
    var range: (start: Int, end: Int)?
  }

  private let file: MappedFile
  private let headerEnd: Int
  private var metadata: [String: String] = [:]
  private var tensors: [SafetensorsTensor] = []
  private var places: [String: Int] = [:]

  static func parse(_ file: MappedFile) throws(ModelFileError) -> SafetensorsFile {
    var parser = SafetensorsParser(file: file, headerEnd: try headerEnd(of: file))
    try parser.readHeader()
    try parser.requireContiguous()
    return SafetensorsFile(file: file, metadata: parser.metadata, tensors: parser.tensors)
  }

  private init(file: MappedFile, headerEnd: Int) {
    self.file = file
    self.headerEnd = headerEnd
  }

  private static func headerEnd(of file: MappedFile) throws(ModelFileError) -> Int {
    var reader = ByteReader(file)
    let length = try reader.read(UInt64.self, "the length of the header")
    guard length <= UInt64(longestHeader) else {
      throw ModelFileError(
        .malformed,
        "The header is declared to be \(length) bytes long; at most \(longestHeader) are allowed. The file is damaged, "
          + "or is no safetensors file.", path: file.path, byteOffset: 0)
    }
    guard length <= UInt64(reader.remaining) else {
      throw ModelFileError(
        .truncated,
        "The header is declared to be \(length) bytes long, but only \(reader.remaining) bytes follow. "
          + "The file is truncated or damaged: download or copy it again.", path: file.path, byteOffset: 0)
    }
    return 8 + Int(length)
  }

  private mutating func readHeader() throws(ModelFileError) {
    var cursor = JSONCursor(file, range: 8..<headerEnd)
    var hasMetadata = false
    try cursor.object("the header") { (cursor, name, keyOffset) throws(ModelFileError) in
      if name == "__metadata__" {
        guard !hasMetadata else {
          throw cursor.malformed("The key '__metadata__' is there twice.", at: keyOffset)
        }
        hasMetadata = true
        try readMetadata(&cursor)
      } else {
        try readTensor(name, at: keyOffset, &cursor)
      }
    }
    try cursor.finish("The header")
  }

  private mutating func readMetadata(_ cursor: inout JSONCursor) throws(ModelFileError) {
    var metadata: [String: String] = [:]
    try cursor.object("'__metadata__'") { (cursor, key, keyOffset) throws(ModelFileError) in
      let value = try cursor.string("the value of '\(key.prefix(60))' in '__metadata__'")
      guard metadata.updateValue(value, forKey: key) == nil else {
        throw cursor.malformed("The key '\(key.prefix(60))' is there twice in '__metadata__'.", at: keyOffset)
      }
    }
    self.metadata = metadata
  }

  private mutating func readTensor(_ name: String, at keyOffset: Int, _ cursor: inout JSONCursor)
    throws(ModelFileError)
  {
    guard name.utf8.count <= Int(UInt16.max), !name.isEmpty else {
      throw cursor.malformed(
        "The name of a tensor has \(name.utf8.count) bytes; 1 to 65535 are allowed.", at: keyOffset)
    }
    guard tensors.count < Self.mostTensors else {
      throw cursor.malformed("The file has more than \(Self.mostTensors) tensors, which no model has.", at: keyOffset)
    }
    if let first = places.updateValue(keyOffset, forKey: name) {
      throw cursor.malformed("The tensor '\(name)' is there twice, first at byte \(first).", at: keyOffset)
    }
    var entry = Entry()
    try cursor.object("the entry of '\(name)'") { (cursor, key, start) throws(ModelFileError) in
      switch key {
      case "dtype" where entry.type == nil: entry.type = try Self.type(of: name, &cursor)
      case "shape" where entry.shape == nil: entry.shape = try Self.shape(of: name, &cursor)
      case "data_offsets" where entry.range == nil: entry.range = try Self.range(of: name, &cursor)
      case "dtype", "shape", "data_offsets":
        throw cursor.malformed("The entry of '\(name)' has '\(key)' twice.", at: start)
      default:
        throw cursor.malformed(
          "The entry of '\(name)' has the key '\(key.prefix(60))'; expected dtype, shape and data_offsets.", at: start)
      }
    }
    guard let type = entry.type, let shape = entry.shape, let range = entry.range else {
      let missing = entry.type == nil ? "dtype" : entry.shape == nil ? "shape" : "data_offsets"
      throw cursor.malformed("The entry of '\(name)' lacks '\(missing)'.", at: keyOffset)
    }
    tensors.append(try place(name, type, shape, range, at: keyOffset, cursor))
  }

  private func place(
    _ name: String, _ type: SafetensorsType, _ shape: [Int], _ range: (start: Int, end: Int), at keyOffset: Int,
    _ cursor: JSONCursor
  ) throws(ModelFileError) -> SafetensorsTensor {
    var values = 1
    for size in shape {
      let (product, overflow) = values.multipliedReportingOverflow(by: size)
      guard !overflow else { throw cursor.malformed("The tensor '\(name)' has more than 2^63 values.", at: keyOffset) }
      values = product
    }
    guard range.start <= range.end else {
      throw cursor.malformed(
        "The tensor '\(name)' starts at \(range.start) of the data, after its end at \(range.end).", at: keyOffset)
    }
    guard let size = type.byteCount(values: values), size == range.end - range.start else {
      let needs = type.byteCount(values: values).map { "\($0) bytes" } ?? "no whole number of bytes"
      throw cursor.malformed(
        "The tensor '\(name)' of \(values) \(type.rawValue) values needs \(needs), but its data_offsets hold "
          + "\(range.end - range.start).", at: keyOffset)
    }
    let available = file.bytes.count - headerEnd
    guard range.end <= available else {
      throw ModelFileError(
        .truncated,
        "The tensor '\(name)' ends \(range.end) bytes into the data, but the file has \(available) bytes of data. "
          + "It is truncated or damaged: download or copy it again.", path: file.path, byteOffset: keyOffset)
    }
    return SafetensorsTensor(
      name: name, type: type, shape: shape, byteOffset: headerEnd + range.start, byteCount: size)
  }

  /// The tensors must follow each other without gaps and end with the file, as the reference implementation has it.
  private mutating func requireContiguous() throws(ModelFileError) {
    tensors.sort { ($0.byteOffset, $0.byteCount, $0.name) < ($1.byteOffset, $1.byteCount, $1.name) }
    var end = headerEnd
    var previous: String?
    for tensor in tensors {
      guard tensor.byteOffset == end else {
        let before = previous.map { "'\($0)' ends" } ?? "the header ends"
        throw ModelFileError(
          .malformed,
          "The tensor '\(tensor.name)' starts at byte \(tensor.byteOffset), but \(before) at \(end): "
            + (tensor.byteOffset < end ? "they overlap" : "there is a gap")
            + ". The file is damaged: download or write it again.", path: file.path,
          byteOffset: places[tensor.name] ?? 8)
      }
      end += tensor.byteCount
      previous = tensor.name
    }
    guard end == file.bytes.count else {
      throw ModelFileError(
        .malformed,
        "The tensors end at byte \(end), but the file is \(file.bytes.count) bytes long. It is damaged: download or "
          + "write it again.", path: file.path, byteOffset: end)
    }
  }

  private static func type(of name: String, _ cursor: inout JSONCursor) throws(ModelFileError) -> SafetensorsType {
    _ = try cursor.peek("the dtype of '\(name)'")
    let start = cursor.offset
    let text = try cursor.string("the dtype of '\(name)'")
    guard let type = SafetensorsType(rawValue: text) else {
      throw ModelFileError(
        .unsupportedFormat,
        "The tensor '\(name)' has the dtype '\(text.prefix(40))', which is not known. Known are "
          + "\(SafetensorsType.allCases.map(\.rawValue).joined(separator: ", ")). The file is damaged, or was written by "
          + "a newer tool than this release of Edgewise knows.", path: cursor.path, byteOffset: start)
    }
    return type
  }

  private static func shape(of name: String, _ cursor: inout JSONCursor) throws(ModelFileError) -> [Int] {
    var sizes: [Int] = []
    try cursor.array("the shape of '\(name)'") { (cursor) throws(ModelFileError) in
      _ = try cursor.peek("the shape of '\(name)'")
      let start = cursor.offset
      guard sizes.count < mostDimensions else {
        throw cursor.malformed(
          "The tensor '\(name)' has more than \(mostDimensions) dimensions, which no model has.", at: start)
      }
      sizes.append(try cursor.count("a size in the shape of '\(name)'"))
    }
    return sizes
  }

  private static func range(of name: String, _ cursor: inout JSONCursor) throws(ModelFileError) -> (
    start: Int, end: Int
  ) {
    var places: [Int] = []
    _ = try cursor.peek("the data_offsets of '\(name)'")
    let start = cursor.offset
    try cursor.array("the data_offsets of '\(name)'") { (cursor) throws(ModelFileError) in
      let place = try cursor.count("a place in the data_offsets of '\(name)'")
      if places.count < 3 { places.append(place) }
    }
    guard places.count == 2 else {
      throw cursor.malformed(
        "The data_offsets of '\(name)' must be two places, start and end; found \(places.count > 2 ? "more" : "fewer").",
        at: start)
    }
    return (places[0], places[1])
  }
}
