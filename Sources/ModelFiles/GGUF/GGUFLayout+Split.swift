extension GGUFLayout {
  /// The parts into which the model falls when no file should have more than `bytes` of data, or itself when one is enough.
  ///
  /// A tensor that is larger has a part of its own.
  package func split(dataBytes bytes: Int) -> [GGUFLayout] {
    var groups: [[Tensor]] = [[]]
    var used = 0
    for tensor in tensors {
      let size = Self.padded(tensor.byteCount)
      if used > 0, used + size > bytes {
        groups.append([])
        used = 0
      }
      groups[groups.count - 1].append(tensor)
      used += size
    }
    guard groups.count > 1 else { return [self] }
    return groups.enumerated().map { index, tensors in
      let keys = [
        Pair("split.no", .raw(.uint16, Self.bytes(UInt16(clamping: index)))),
        Pair("split.count", .raw(.uint16, Self.bytes(UInt16(clamping: groups.count)))),
        Pair("split.tensors.count", .int32(Int32(clamping: self.tensors.count))),
      ]
      return GGUFLayout(pairs: index == 0 ? pairs + keys : keys, tensors: tensors)
    }
  }

  /// The paths of `count` parts of the model that `path` names, `<stem>-00001-of-00003.gguf`; `path` itself for one.
  package static func paths(_ path: String, count: Int) -> [String] {
    guard count > 1 else { return [path] }
    let stem = path.lowercased().hasSuffix(".gguf") ? String(path.dropLast(5)) : path
    return (1...count).map { SplitName.path(stem: stem, number: $0, count: count) }
  }

  private static func bytes(_ value: UInt16) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
}
