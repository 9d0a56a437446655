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
  /// Queries as they are projected, later the attention's result: (tokens, heads, head) and (key heads, tokens, group, head); in a
  /// convolution its projected input: (tokens, 3, hidden).
  let projected: UnsafeMutableBufferPointer<Float>
  /// Queries in the order in which attention reads them: (key heads, tokens, group, head).
  let packed: UnsafeMutableBufferPointer<Float>
  /// (tokens, key heads, head).
  let keys: UnsafeMutableBufferPointer<Float>
  /// (tokens, key heads, head).
  let values: UnsafeMutableBufferPointer<Float>
  /// (rows, intermediate up to a cache line), a row for each token and expert that it uses; after the gate the input of the down
  /// product.
  let gate: UnsafeMutableBufferPointer<Float>
  /// (rows, intermediate up to a cache line).
  let up: UnsafeMutableBufferPointer<Float>
  /// The input of the next product in 8 bits.
  let quantized: UnsafeMutableRawBufferPointer
  /// (rotations, tokens, pairs).
  let cosines: UnsafeMutableBufferPointer<Float>
  /// (rotations, tokens, pairs).
  let sines: UnsafeMutableBufferPointer<Float>
  /// The end of the positions that each query row sees: (tokens, group).
  let visible: UnsafeMutableBufferPointer<UInt32>
  /// What one token's heads found in each part of the positions: (key heads, group, parts, head), and largest and total
  /// of each: (2, key heads, parts, group).
  let parts: UnsafeMutableBufferPointer<Float>
  let partWeights: UnsafeMutableBufferPointer<Float>
  /// The first position that each query row sees, without a window (always 0) and with it: (2, tokens, group).
  let first: UnsafeMutableBufferPointer<UInt32>
  /// The sink of each query row: (key heads, tokens, group).
  let sinks: UnsafeMutableBufferPointer<Float>
  /// For each token, not 0 when something that could hide it came out as no number.
  let broken: UnsafeMutableBufferPointer<UInt32>
  /// The router's products: (tokens, experts).
  let routing: UnsafeMutableBufferPointer<Float>
  /// The experts that each token uses: (tokens, used).
  let chosen: UnsafeMutableBufferPointer<Int32>
  /// What the results of those are multiplied with: (tokens, used).
  let shares: UnsafeMutableBufferPointer<Float>
  /// The row of each token and expert when rows are sorted by expert: (tokens, used).
  let places: UnsafeMutableBufferPointer<Int32>
  /// The experts' input in the order of `places`, in the format of the products; later their results: (rows, hidden).
  let gathered: UnsafeMutableRawBufferPointer
  /// The last inputs of the convolutions before this batch and after it: (2, convolutions, tokens - 1, hidden).
  let convolution: UnsafeMutableBufferPointer<Float>

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
    parts = floats(layout.parts)
    partWeights = floats(layout.partWeights)
    visible = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.visible]).bindMemory(to: UInt32.self)
    first = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.first]).bindMemory(to: UInt32.self)
    sinks = floats(layout.sinks)
    broken = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.broken]).bindMemory(to: UInt32.self)
    routing = floats(layout.routing)
    chosen = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.chosen]).bindMemory(to: Int32.self)
    shares = floats(layout.shares)
    places = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.places]).bindMemory(to: Int32.self)
    gathered = UnsafeMutableRawBufferPointer(rebasing: bytes[layout.gathered])
    convolution = floats(layout.convolution)
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
