import TensorFormats

/// Writes a model as GGUF files: all of it, or nothing.
///
/// Everything goes to files beside the wanted ones, which get their names only when the last byte is written; whatever ends the
/// work earlier, they are removed.
package struct GGUFFileWriter {
  /// How files are written.
  package struct Options: Sendable, Hashable {
    /// Whether a GGUF file that has the path already is replaced.
    package var overwrites: Bool
    /// Whether weights are left as holes, which read as zeros and take no room on disk.
    package var isSparse: Bool

    package init(overwrites: Bool = false, isSparse: Bool = false) {
      self.overwrites = overwrites
      self.isSparse = isSparse
    }
  }

  /// Fills a stretch of whole blocks of the tensor at `index` (counted over all parts), from `offset` bytes into it.
  package typealias Fill = (_ index: Int, _ offset: Int, _ target: UnsafeMutableRawBufferPointer) -> Void

  private static let pieceBytes = 4 << 20

  /// Writes `parts` to `paths`, one each; false when `progress`, which gets the bytes so far, asked to stop.
  package static func write(
    _ parts: [GGUFLayout], to paths: [String], options: Options, progress: (Int) -> Bool, fill: Fill
  ) throws(ModelFileError) -> Bool {
    precondition(parts.count == paths.count)
    for path in paths { try OutputPath.check(path, overwrites: options.overwrites) }
    let headers = parts.map { $0.header() }
    if !options.isSparse, let first = paths.first {
      let needed = zip(parts, headers).reduce(0) { $0 + $1.0.dataBytes + $1.1.count }
      try OutputPath.requireRoom(needed, beside: first)
    }
    var files: [PartialFile] = []
    var isDone = false
    defer { if !isDone { for file in files { file.discard() } } }
    var written = 0
    var index = 0
    for (part, (path, header)) in zip(parts, zip(paths, headers)) {
      let file = try PartialFile(for: path)
      files.append(file)
      try file.append(header)
      if options.isSparse {
        try file.extend(to: header.count + part.dataBytes)
        written += header.count + part.dataBytes
        index += part.tensors.count
      } else {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceBytes, alignment: 64)
        defer { buffer.deallocate() }
        for tensor in part.tensors {
          guard
            try write(
              tensor, index: index, to: file, through: buffer, written: &written, progress: progress, fill: fill)
          else { return false }
          index += 1
        }
      }
      guard progress(written) else { return false }
    }
    for file in files { try file.publish(overwrites: options.overwrites) }
    isDone = true
    return true
  }

  private static func write(
    _ tensor: GGUFLayout.Tensor, index: Int, to file: PartialFile, through buffer: UnsafeMutableRawBufferPointer,
    written: inout Int, progress: (Int) -> Bool, fill: Fill
  ) throws(ModelFileError) -> Bool {
    let block = tensor.format.bytesPerBlock
    let most = buffer.count / block * block
    var offset = 0
    while offset < tensor.byteCount {
      guard progress(written) else { return false }
      let count = min(most, tensor.byteCount - offset)
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
      fill(index, offset, target)
      try file.append(UnsafeRawBufferPointer(target))
      offset += count
      written += count
    }
    let padding = GGUFLayout.padded(tensor.byteCount) - tensor.byteCount
    if padding > 0 {
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[..<padding])
      target.initializeMemory(as: UInt8.self, repeating: 0)
      try file.append(UnsafeRawBufferPointer(target))
    }
    written += padding
    return true
  }
}
