/// A compute graph in the order in which ggml would run it, built by operations that only know sizes.
///
/// Weights are left out: they lie elsewhere, and cost the graph nothing.
struct ComputeGraph {
  private(set) var tensors: [GraphTensor] = []
  /// Inputs, in the order in which they are first needed.
  private(set) var leaves: [Int] = []
  /// Operations, in the order in which they run.
  private(set) var nodes: [Int] = []
  private var isVisited: [Bool] = []

  init(capacity: Int = 0) {
    tensors.reserveCapacity(capacity)
    nodes.reserveCapacity(capacity)
    isVisited.reserveCapacity(capacity)
  }

  subscript(_ index: Int) -> GraphTensor { tensors[index] }

  private mutating func append(_ tensor: GraphTensor) -> Int {
    tensors.append(tensor)
    isVisited.append(false)
    return tensors.count - 1
  }

  /// Puts what `index` needs, then itself, at the end of the order, as `ggml_build_forward_expand` does.
  mutating func expand(_ index: Int) {
    guard !isVisited[index] else { return }
    isVisited[index] = true
    for source in tensors[index].sources { expand(source) }
    if tensors[index].sources.isEmpty, tensors[index].viewed == nil, tensors[index].isInput {
      leaves.append(index)
    } else {
      nodes.append(index)
    }
  }

  /// A tensor that is filled from outside.
  mutating func input(_ sizes: SIMD4<Int>, valueBytes: Int = 4) -> Int {
    var tensor = GraphTensor(sizes, valueBytes: valueBytes)
    tensor.isInput = true
    return append(tensor)
  }

  mutating func markOutput(_ index: Int) { tensors[index].isOutput = true }

  // MARK: Operations

  /// An operation with a result of its own, in f32 unless said otherwise.
  mutating func operation(_ sizes: SIMD4<Int>, valueBytes: Int = 4, _ sources: [Int]) -> Int {
    append(GraphTensor(sizes, valueBytes: valueBytes, sources: sources))
  }

  /// An operation on each element of its first source; its result may take the place of any source that lies alike.
  mutating func inPlace(_ sources: [Int]) -> Int {
    var tensor = GraphTensor(tensors[sources[0]].sizes, valueBytes: tensors[sources[0]].valueBytes, sources: sources)
    tensor.isInPlace = true
    return append(tensor)
  }

  /// An operation that writes into memory that is not the graph's.
  mutating func store(_ sources: [Int]) -> Int {
    var tensor = GraphTensor(SIMD4(1, 1, 1, 1), valueBytes: 0, sources: sources)
    tensor.isExternal = true
    return append(tensor)
  }

  /// A product with weights that have `rows` rows.
  mutating func product(_ source: Int, rows: Int) -> Int {
    var sizes = tensors[source].sizes
    sizes[0] = rows
    return operation(sizes, [source])
  }

  /// Looks at the memory of `source` with other sizes and strides.
  mutating func view(_ source: Int, _ sizes: SIMD4<Int>, strides: SIMD4<Int>? = nil) -> Int {
    let base = tensors[source]
    var tensor = GraphTensor(sizes, valueBytes: base.valueBytes, sources: [source])
    if let strides { tensor.strides = strides }
    // The KV cache is not the graph's; a look at it costs nothing and depends on nothing.
    tensor.viewed = base.viewed ?? source
    tensor.isExternal = base.isExternal
    return append(tensor)
  }

  /// The dimensions in another order: dimension `i` of the source becomes dimension `axes[i]`.
  mutating func permute(_ source: Int, _ axes: SIMD4<Int>) -> Int {
    let base = tensors[source]
    var sizes = SIMD4(1, 1, 1, 1)
    var strides = SIMD4(0, 0, 0, 0)
    for axis in 0..<4 {
      sizes[axes[axis]] = base.sizes[axis]
      strides[axes[axis]] = base.strides[axis]
    }
    return view(source, sizes, strides: strides)
  }

  /// A copy without gaps, with other sizes if given.
  mutating func contiguous(_ source: Int, _ sizes: SIMD4<Int>? = nil) -> Int {
    operation(sizes ?? tensors[source].sizes, valueBytes: tensors[source].valueBytes, [source])
  }

  /// A look at memory outside the graph.
  mutating func external(_ sizes: SIMD4<Int>, valueBytes: Int = 2) -> Int {
    var tensor = GraphTensor(sizes, valueBytes: valueBytes)
    tensor.isExternal = true
    return append(tensor)
  }
}
