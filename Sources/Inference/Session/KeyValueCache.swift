import Kernels

/// Keys and values of all positions so far, in F16: (layer, key-value head, position, head size) for each.
final class KeyValueCache {
  let contextTokens: Int
  private let kvHeads: Int
  private let headSize: Int
  private let keys: UnsafeMutableBufferPointer<UInt16>
  private let values: UnsafeMutableBufferPointer<UInt16>
  private let memory: AlignedBuffer

  /// Reserves the cache; pages are taken as positions are written.
  init(shape: TransformerShape, contextTokens: Int) throws(InferenceError) {
    self.contextTokens = contextTokens
    kvHeads = shape.kvHeads
    headSize = shape.headSize
    let byteCount = shape.kvBytesPerToken * contextTokens
    do { memory = try AlignedBuffer(byteCount: byteCount) } catch {
      throw .allocationFailed(purpose: "KV cache", bytes: byteCount)
    }
    let halves = memory.values(of: UInt16.self, count: byteCount / 2)
    keys = halves.part(0, halves.count / 2)
    values = halves.part(halves.count / 2, halves.count / 2)
  }

  private func start(layer: Int, head: Int) -> Int { (layer * kvHeads + head) * contextTokens * headSize }

  /// The keys of one head, (position, head size), for the first `count` positions.
  func keys(layer: Int, head: Int, count: Int) -> UnsafeBufferPointer<UInt16> {
    keys.reading(start(layer: layer, head: head), count * headSize)
  }

  /// The values of one head, (position, head size), for the first `count` positions.
  func values(layer: Int, head: Int, count: Int) -> UnsafeBufferPointer<UInt16> {
    values.reading(start(layer: layer, head: head), count * headSize)
  }

  /// Rounds the keys and values of one token, (key-value heads, head size) each, into `position`.
  func store(
    keys newKeys: UnsafeBufferPointer<Float>, values newValues: UnsafeBufferPointer<Float>, layer: Int, position: Int,
    kernels: KernelSet
  ) {
    for head in 0..<kvHeads {
      let target = start(layer: layer, head: head) + position * headSize
      let source = head * headSize..<(head + 1) * headSize
      kernels.convert(UnsafeBufferPointer(rebasing: newKeys[source]), into: keys.part(target, headSize))
      kernels.convert(UnsafeBufferPointer(rebasing: newValues[source]), into: values.part(target, headSize))
    }
  }

  /// Fills the first `count` positions of one head with F16 numbers between a quarter and a half, of either sign.
  func fill(layer: Int, head: Int, count: Int, random: inout RandomBits) {
    let begin = start(layer: layer, head: head)
    for target in [keys.part(begin, count * headSize), values.part(begin, count * headSize)] {
      // Head sizes are multiples of 8: four numbers come from one draw.
      for index in stride(from: 0, to: target.count, by: 4) {
        let bits = random.next() & 0x83ff_83ff_83ff_83ff | 0x3400_3400_3400_3400
        for part in 0..<4 { target[index + part] = UInt16(truncatingIfNeeded: bits >> (16 * UInt64(part))) }
      }
    }
  }
}
