import Kernels

/// Keys and values of all positions so far: (layer with attention, key-value head) with whole pages of cells each.
final class KeyValueCache {
  let contextTokens: Int
  let format: CellFormat
  private let kvHeads: Int
  private let headSize: Int
  /// Bytes of the keys of one head, and of its values.
  private let headBytes: Int
  private let memory: AlignedBuffer

  /// Reserves the cache; pages are taken as positions are written.
  init(shape: TransformerShape, contextTokens: Int, format: CellFormat) throws(InferenceError) {
    self.contextTokens = contextTokens
    self.format = format
    kvHeads = shape.kvHeads
    headSize = shape.headSize
    headBytes = Self.headBytes(shape: shape, contextTokens: contextTokens, format: format)
    let byteCount = Self.byteCount(shape: shape, contextTokens: contextTokens, format: format)
    do { memory = try AlignedBuffer(byteCount: byteCount) } catch {
      throw .allocationFailed(purpose: "KV cache", bytes: byteCount)
    }
  }

  /// The bytes of a whole cache; the context is rounded up to whole pages.
  static func byteCount(shape: TransformerShape, contextTokens: Int, format: CellFormat) -> Int {
    2 * shape.attentionLayers * shape.kvHeads * headBytes(shape: shape, contextTokens: contextTokens, format: format)
  }

  private static func headBytes(shape: TransformerShape, contextTokens: Int, format: CellFormat) -> Int {
    let pages = (contextTokens + CellFormat.pagePositions - 1) / CellFormat.pagePositions
    return pages * format.pageBytes(headSize: shape.headSize)
  }

  /// The cells of one key-value head of a layer.
  func head(layer: Int, head: Int) -> CachedHead {
    let begin = 2 * (layer * kvHeads + head) * headBytes
    func part(_ begin: Int) -> UnsafeMutableRawBufferPointer {
      UnsafeMutableRawBufferPointer(rebasing: memory.bytes[begin..<begin + headBytes])
    }
    return CachedHead(format: format, headSize: headSize, keys: part(begin), values: part(begin + headBytes))
  }

  /// Rounds the keys and values of one token, (key-value heads, head size) each, into `position`.
  func store(
    keys newKeys: UnsafeBufferPointer<Float>, values newValues: UnsafeBufferPointer<Float>, layer: Int, position: Int,
    kernels: KernelSet
  ) {
    for index in 0..<kvHeads {
      let source = index * headSize..<(index + 1) * headSize
      kernels.store(
        key: UnsafeBufferPointer(rebasing: newKeys[source]), value: UnsafeBufferPointer(rebasing: newValues[source]),
        position: position, in: head(layer: layer, head: index))
    }
  }

  /// Fills the first `count` positions of one head with numbers between a quarter and a half, of either sign.
  func fill(layer: Int, head index: Int, count: Int, random: inout RandomBits, kernels: KernelSet) {
    let target = head(layer: layer, head: index)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * headSize) { vector in
      for position in 0..<count {
        for at in stride(from: 0, to: vector.count, by: 2) {
          let bits = random.next()
          vector[at] = Self.number(UInt32(truncatingIfNeeded: bits))
          vector[at + 1] = Self.number(UInt32(truncatingIfNeeded: bits >> 32))
        }
        kernels.store(
          key: UnsafeBufferPointer(rebasing: vector[..<headSize]),
          value: UnsafeBufferPointer(rebasing: vector[headSize...]), position: position, in: target)
      }
    }
  }

  /// A sign and the fraction of a number from a quarter to a half.
  private static func number(_ bits: UInt32) -> Float { Float(bitPattern: bits & 0x807f_ffff | 0x3e80_0000) }
}
