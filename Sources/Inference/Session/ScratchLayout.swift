import Kernels

/// Where the activations of a batch lie in a session's scratch memory; every part begins on a cache line.
///
/// The parts of attention and convolution share theirs with those of the feed-forward block.
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
  let sinks: Range<Int>
  let broken: Range<Int>
  let routing: Range<Int>
  let chosen: Range<Int>
  let shares: Range<Int>
  let places: Range<Int>
  let gathered: Range<Int>
  let convolution: Range<Int>
  let byteCount: Int

  init(shape: TransformerShape, tokens: Int) {
    self.tokens = tokens
    let float = MemoryLayout<Float>.stride
    let inputStride = Self.stride(max(shape.hiddenSize, shape.querySize))
    // A token has a row for each expert that it uses.
    let experts = shape.experts
    let rows = tokens * (experts?.used ?? 1)
    let width = experts?.intermediateSize ?? shape.intermediateSize
    // Rows of block formats fill whole blocks of 32; others are never rounded.
    let rowBytes = ActivationFormat.rounded.map { $0.byteCount(columns: (width + 31) & ~31) }
    let tokenBytes = ActivationFormat.rounded.map {
      $0.byteCount(columns: (max(shape.hiddenSize, shape.querySize) + 31) & ~31)
    }
    let mixed = shape.convolutionLayers.isEmpty ? shape.querySize : max(shape.querySize, 3 * shape.hiddenSize)
    var end = 0
    func reserve(_ bytes: Int) -> Range<Int> {
      let begin = end
      end += (bytes + 63) & ~63
      return begin..<begin + bytes
    }
    stream = reserve(tokens * shape.hiddenSize * float)
    delta = reserve(tokens * shape.hiddenSize * float)
    input = reserve(tokens * inputStride * float)
    // The two blocks of a layer run one after the other, each with parts of its own in the same memory.
    let block = end
    projected = reserve(tokens * mixed * float)
    packed = reserve(tokens * shape.querySize * float)
    keys = reserve(tokens * shape.kvSize * float)
    values = reserve(tokens * shape.kvSize * float)
    let mixerEnd = end
    end = block
    gate = reserve(rows * Self.stride(width) * float)
    up = reserve(rows * Self.stride(width) * float)
    end = max(end, mixerEnd)
    // The matrices after the stream differ in what they read; the feed-forward block has one after its activation.
    quantized = reserve(max(rows * (rowBytes.max() ?? 0), tokens * tokenBytes.reduce(0, +)))
    cosines = reserve(shape.rotations * tokens * shape.ropeDimensions / 2 * float)
    sines = reserve(shape.rotations * tokens * shape.ropeDimensions / 2 * float)
    visible = reserve(tokens * shape.group * MemoryLayout<UInt32>.stride)
    first = reserve(2 * tokens * shape.group * MemoryLayout<UInt32>.stride)
    sinks = reserve(shape.traits.hasSinks ? tokens * shape.heads * float : 0)
    broken = reserve(tokens * MemoryLayout<UInt32>.stride)
    routing = reserve(tokens * (experts?.count ?? 0) * float)
    chosen = reserve(experts == nil ? 0 : rows * MemoryLayout<Int32>.stride)
    shares = reserve(experts == nil ? 0 : rows * float)
    places = reserve(experts == nil ? 0 : rows * MemoryLayout<Int32>.stride)
    gathered = reserve(experts == nil ? 0 : rows * max(Self.stride(shape.hiddenSize) * float, tokenBytes.max() ?? 0))
    convolution = reserve(2 * shape.convolutionLayers.count * (shape.convolutionTokens - 1) * shape.hiddenSize * float)
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
