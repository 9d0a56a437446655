import TensorFormats

/// A GGUF model: its metadata and tensors, with all parts of a split model put together.
package struct GGUFFile: Sendable {
  package let version: UInt32
  package let byteOrder: ByteOrder
  /// The metadata of the first part.
  package let metadata: Metadata
  /// The tensors of all parts, in the order of the files.
  package let tensors: [TensorDescription]
  /// Every tensor of the first part starts at a multiple of this many bytes into the data.
  package let alignment: Int
  /// Where the tensor data of the first part starts in its file.
  package let dataOffset: Int
  /// How the model is split; nil when it is one file.
  package let split: SplitInfo?
  /// The mapped parts; `TensorDescription.fileIndex` counts into them.
  package let files: [MappedFile]
  private let positions: [String: Int]

  /// Opens the model at `path`; for any part of a split model, the other parts beside it are opened too.
  package static func open(path: String) throws(ModelFileError) -> GGUFFile {
    try open(try MappedFile.open(path: path))
  }

  /// Reads a mapped model, and the other parts beside it when it is a part of a split one.
  static func open(_ file: MappedFile) throws(ModelFileError) -> GGUFFile {
    let path = file.path
    let part = try GGUFParser.parse(file, fileIndex: 0)
    guard let split = try SplitInfo(part.metadata, path: path), split.count > 1, let path else {
      return GGUFFile(parts: [part], files: [file], split: nil)
    }
    return try SplitReader.open(split, path: path)
  }

  /// Reads a model of one file from memory; a part of a split model is read alone.
  package static func parse(_ bytes: some Collection<UInt8>) throws(ModelFileError) -> GGUFFile {
    let file = try MappedFile.copying(bytes)
    let part = try GGUFParser.parse(file, fileIndex: 0)
    return GGUFFile(parts: [part], files: [file], split: try SplitInfo(part.metadata, path: nil))
  }

  /// Reads the head of a model alone: metadata and the table of tensors, whose bytes are not there.
  ///
  /// For models that are only planned, and for the first bytes of one that is elsewhere; `bytes(of:)` must not be called.
  package static func parse(header: some Collection<UInt8>) throws(ModelFileError) -> GGUFFile {
    let file = try MappedFile.copying(header)
    let part = try GGUFParser.parse(file, fileIndex: 0, needsData: false)
    return GGUFFile(parts: [part], files: [file], split: nil)
  }

  init(parts: [GGUFPart], files: [MappedFile], split: SplitInfo?) {
    version = parts[0].version
    byteOrder = parts[0].byteOrder
    metadata = parts[0].metadata
    alignment = parts[0].alignment
    dataOffset = parts[0].dataOffset
    self.files = files
    self.split = split
    let tensors = parts.flatMap(\.tensors)
    self.tensors = tensors
    positions = Dictionary(tensors.indices.map { (tensors[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The tensor of this name, or nil.
  package func tensor(named name: String) -> TensorDescription? { positions[name].map { tensors[$0] } }

  /// The bytes of `tensor`, which must be one of this file's; valid as long as a copy of this value lives.
  package func bytes(of tensor: TensorDescription) -> UnsafeRawBufferPointer {
    let end = tensor.byteOffset + tensor.byteCount
    return UnsafeRawBufferPointer(rebasing: files[tensor.fileIndex].bytes[tensor.byteOffset..<end])
  }

  /// Gives back the memory of all pages that were read; whoever touches them reads them anew.
  package func releasePages() { for file in files { file.releasePages() } }

  /// The name of the architecture, or nil when the file does not say.
  package var architecture: String? { metadata["general.architecture"]?.string }

  /// The bytes of all parts.
  package var fileBytes: Int { files.reduce(0) { $0 + $1.bytes.count } }
}
