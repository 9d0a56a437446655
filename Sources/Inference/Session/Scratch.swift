import Kernels

/// The activations of one batch while it passes through the layers, all f32 unless said otherwise.
final class Scratch {
  let layout: ScratchLayout
  private let memory: AlignedBuffer

  /// The residual stream: (tokens, hidden).
  let stream: UnsafeMutableBufferPointer<Float>
  /// What the last block adds to the stream: (tokens, hidden).
  let delta: UnsafeMutableBufferPointer<Float>
  /// The input of the next product: (tokens, columns up to a cache line).
  let input: UnsafeMutableBufferPointer<Float>
  /// Queries as they are projected, later the attention's result: (tokens, heads, head) and (key heads, tokens, group, head).
  let projected: UnsafeMutableBufferPointer<Float>
  /// Queries in the order in which attention reads them: (key heads, tokens, group, head).
  let packed: UnsafeMutableBufferPointer<Float>
  /// (tokens, key heads, head).
  let keys: UnsafeMutableBufferPointer<Float>
  /// (tokens, key heads, head).
  let values: UnsafeMutableBufferPointer<Float>
  /// (tokens, intermediate up to a cache line); after the gate the input of the down product.
  let gate: UnsafeMutableBufferPointer<Float>
  /// (tokens, intermediate up to a cache line).
  let up: UnsafeMutableBufferPointer<Float>
  /// The input of the next product in 8 bits.
  let quantized: UnsafeMutableRawBufferPointer
  /// (tokens, pairs).
  let cosines: UnsafeMutableBufferPointer<Float>
  /// (tokens, pairs).
  let sines: UnsafeMutableBufferPointer<Float>
  /// The first position that each query row sees: (tokens, group).
  let first: UnsafeMutableBufferPointer<UInt32>
  /// The end of the positions that each query row sees: (tokens, group).
  let visible: UnsafeMutableBufferPointer<UInt32>
  /// What one token's heads found in each part of the positions: (key heads, group, parts, head), and largest and total
  /// of each: (2, key heads, parts, group).
  let parts: UnsafeMutableBufferPointer<Float>
  let partWeights: UnsafeMutableBufferPointer<Float>

  init(layout: ScratchLayout) throws(InferenceError) {
    self.layout = layout
    do { memory = try AlignedBuffer(byteCount: layout.byteCount) } catch {
      throw .allocationFailed(purpose: "scratch", bytes: layout.byteCount)
    }
    let bytes = memory.bytes
    func floats(_ range: Range<Int>) -> UnsafeMutableBufferPointer<Float> {
      UnsafeMutableRawBufferPointer(rebasing: bytes[range]).bindMemory(to: Float.self)
    }
    stream = floats(layout.stream)
    delta = floats(layout.delta)
    input = floats(layout.input)
    projected = floats(layout.projected)
    packed = floats(layout.packed)
    keys = floats(layout.keys)
    values = floats(layout.values)
    gate = floats(layout.gate)
    up = floats(layout.up)
    quantized = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.quantized])
    cosines = floats(layout.cosines)
    sines = floats(layout.sines)
    first = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.first]).bindMemory(to: UInt32.self)
    parts = floats(layout.parts)
    partWeights = floats(layout.partWeights)
    visible = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.visible]).bindMemory(to: UInt32.self)
  }
}

extension UnsafeMutableBufferPointer {
  /// `count` elements from `start`, counted from 0.
  func part(_ start: Int, _ count: Int) -> UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(rebasing: self[start..<start + count])
  }

  /// `count` elements from `start`, for reading.
  func reading(_ start: Int, _ count: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(part(start, count))
  }
}
