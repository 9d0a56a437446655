/// The memory that a compute graph takes when tensors are given places as ggml does: each as soon as it is needed, in the smallest
/// gap that holds it, over its source where the operation allows, and free again after its last use.
///
/// Source: `ggml_gallocr_alloc_graph_impl` and `ggml_dyn_tallocr` of llama.cpp (`ggml/src/ggml-alloc.c`).
struct GraphAllocation {
  /// The CPU's buffers start tensors at multiples of so many bytes.
  static let alignment = 32

  private struct Use {
    var children = 0
    var views = 0
    var offset = 0
    var isAllocated = false
  }

  private let tensors: [GraphTensor]
  private var uses: [Use]
  private var space = FreeSpace()

  /// The most bytes in use at once, gaps included.
  static func peakBytes(_ graph: ComputeGraph) -> Int {
    var allocation = GraphAllocation(graph)
    allocation.run(graph)
    return allocation.space.peakBytes
  }

  private init(_ graph: ComputeGraph) {
    tensors = graph.tensors
    uses = [Use](repeating: Use(), count: graph.tensors.count)
  }

  private mutating func run(_ graph: ComputeGraph) {
    for leaf in graph.leaves { allocate(leaf) }
    for node in graph.nodes {
      if let viewed = tensors[node].viewed { uses[viewed].views += 1 }
      for source in tensors[node].sources {
        uses[source].children += 1
        if tensors[source].isInput { allocate(source) }
      }
    }
    for node in graph.nodes {
      for source in tensors[node].sources { allocate(source) }
      allocate(node)
      for source in tensors[node].sources { release(source) }
    }
  }

  private static func padded(_ bytes: Int) -> Int { (bytes &+ alignment &- 1) & ~(alignment - 1) }

  private mutating func allocate(_ index: Int) {
    guard !uses[index].isAllocated, tensors[index].viewed == nil, !tensors[index].isExternal else { return }
    uses[index].isAllocated = true
    if tensors[index].isInPlace, takesPlace(of: tensors[index].sources, index) { return }
    uses[index].offset = space.take(Self.padded(tensors[index].byteCount))
  }

  /// Puts the tensor in the place of a source that nobody else needs; false when there is none.
  private mutating func takesPlace(of sources: [Int], _ index: Int) -> Bool {
    // A view has no place of its own to give away.
    for source in sources where tensors[source].viewed == nil && uses[source].isAllocated {
      guard !tensors[source].isOutput, tensors[index].isLaidOut(like: tensors[source]), uses[source].children == 1,
        uses[source].views == 0
      else { continue }
      uses[index].offset = uses[source].offset
      uses[source].isAllocated = false
      return true
    }
    return false
  }

  private mutating func release(_ source: Int) {
    uses[source].children -= 1
    guard uses[source].children == 0, uses[source].views == 0 else { return }
    if let owner = tensors[source].viewed {
      uses[owner].views -= 1
      if uses[owner].views == 0, uses[owner].children == 0, uses[owner].isAllocated { free(owner) }
    } else if uses[source].isAllocated {
      free(source)
    }
  }

  private mutating func free(_ index: Int) {
    guard !tensors[index].isOutput else { return }
    space.give(uses[index].offset, Self.padded(tensors[index].byteCount))
    uses[index].isAllocated = false
  }
}
