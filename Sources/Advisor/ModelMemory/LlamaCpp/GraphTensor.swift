/// A tensor of a compute graph, as far as its memory is concerned.
struct GraphTensor {
  /// Sizes, row length first.
  var sizes: SIMD4<Int>
  /// The bytes from one element to the next, in each dimension.
  var strides: SIMD4<Int>
  /// The bytes of one value.
  var valueBytes: Int
  /// What it is computed from, in the operation's order.
  var sources: [Int]
  /// The tensor whose memory it looks at; nil when it has its own.
  var viewed: Int?
  /// Whether its operation may write over its source.
  var isInPlace = false
  /// Whether it is filled from outside before the graph runs.
  var isInput = false
  /// Whether it is read when the graph has run, so that nothing may take its place.
  var isOutput = false
  /// Whether it lies in memory that is not the graph's: the KV cache.
  var isExternal = false

  /// A tensor that lies in memory without gaps.
  init(_ sizes: SIMD4<Int>, valueBytes: Int, sources: [Int] = []) {
    self.sizes = sizes
    self.valueBytes = valueBytes
    self.sources = sources
    strides = Self.strides(sizes, valueBytes)
  }

  static func strides(_ sizes: SIMD4<Int>, _ valueBytes: Int) -> SIMD4<Int> {
    let row = valueBytes &* sizes[0]
    let matrix = row &* sizes[1]
    return SIMD4(valueBytes, row, matrix, matrix &* sizes[2])
  }

  /// The bytes of a tensor without gaps.
  var byteCount: Int { valueBytes &* sizes.wrappingProduct }

  /// Whether it lies as another does, so that an operation can put the one in the other's place.
  func isLaidOut(like other: GraphTensor) -> Bool {
    valueBytes == other.valueBytes && sizes == other.sizes && strides == other.strides
  }
}

extension SIMD4<Int> {
  var wrappingProduct: Int { self[0] &* self[1] &* self[2] &* self[3] }
}
