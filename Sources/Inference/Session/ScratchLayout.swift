import Kernels

/// Where the activations of a batch lie in a session's scratch memory; every part begins on a cache line.
struct ScratchLayout {
  let tokens: Int

  let stream: Range<Int>
  let delta: Range<Int>
  let input: Range<Int>
  let projected: Range<Int>
  let packed: Range<Int>
  let keys: Range<Int>
  let values: Range<Int>
  let gate: Range<Int>
  let up: Range<Int>
  let quantized: Range<Int>
  let cosines: Range<Int>
  let sines: Range<Int>
  let first: Range<Int>
  let visible: Range<Int>
  let parts: Range<Int>
  let partWeights: Range<Int>
  let byteCount: Int

  init(shape: TransformerShape, tokens: Int) {
    self.tokens = tokens
    let float = MemoryLayout<Float>.stride
    let inputStride = Self.stride(max(shape.hiddenSize, shape.querySize))
    let gateStride = Self.stride(shape.intermediateSize)
    let widest = max(shape.hiddenSize, shape.querySize, shape.intermediateSize)
    var end = 0
    func reserve(_ bytes: Int) -> Range<Int> {
      let begin = end
      end += (bytes + 63) & ~63
      return begin..<begin + bytes
    }
    stream = reserve(tokens * shape.hiddenSize * float)
    delta = reserve(tokens * shape.hiddenSize * float)
    input = reserve(tokens * inputStride * float)
    projected = reserve(tokens * shape.querySize * float)
    packed = reserve(tokens * shape.querySize * float)
    keys = reserve(tokens * shape.kvSize * float)
    values = reserve(tokens * shape.kvSize * float)
    gate = reserve(tokens * gateStride * float)
    up = reserve(tokens * gateStride * float)
    // Rows of block formats fill whole blocks of 32; others are never quantized.
    quantized = reserve(tokens * ActivationFormat.q8.byteCount(columns: (widest + 31) & ~31))
    cosines = reserve(tokens * shape.ropeDimensions / 2 * float)
    sines = reserve(tokens * shape.ropeDimensions / 2 * float)
    visible = reserve(tokens * shape.heads / shape.kvHeads * MemoryLayout<UInt32>.stride)
    first = reserve(tokens * shape.heads / shape.kvHeads * MemoryLayout<UInt32>.stride)
    let partsOfHeads = AttentionSplit.maximumParts(kvHeads: shape.kvHeads) * shape.heads
    parts = reserve(partsOfHeads * shape.headSize * float)
    partWeights = reserve(2 * partsOfHeads * float)
    byteCount = end
  }

  /// Values from one token to the next in a buffer that a product may read as it is.
  static func stride(_ columns: Int) -> Int {
    ActivationFormat.float32.byteCount(columns: columns) / MemoryLayout<Float>.stride
  }
}
