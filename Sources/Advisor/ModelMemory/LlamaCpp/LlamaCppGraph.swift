/// Builds the graph that llama.cpp reserves its compute buffer for: a full step of a prompt at the end of the context.
///
/// Source: `src/llama-graph.cpp`, `src/models` and `llama_context::sched_reserve` of llama.cpp 0.5.0.
struct LlamaCppGraph {
  let shape: LlamaCppShape
  let settings: MemorySettings
  let cache: LlamaCppCache
  /// Tokens of the step, a multiple of the sequences.
  let tokens: Int
  let outputs: Int
  /// Parts of the cache: one for each sequence, or one for all.
  let streams: Int
  var graph: ComputeGraph
  private(set) var positions = 0
  private(set) var outputRows = 0
  private(set) var full = AttentionInputs()
  private(set) var window = AttentionInputs()
  private(set) var stateCopy = 0
  /// The embeddings of all layers' own, one after the other.
  private(set) var ownEmbeddings = 0

  /// What attention reads beside queries, keys and values.
  struct AttentionInputs {
    var cells = 0
    var mask = 0
    var keyRows = 0
    var valueRows = 0
    /// Rotations that spread outliers before values are quantized.
    var keyRotation: Int?
    var valueRotation: Int?
  }

  /// The bytes of the compute buffer.
  ///
  /// Every layer is followed: gaps between tensors come and go over many layers, and the widest moment may be late.
  static func computeBufferBytes(_ shape: LlamaCppShape, _ settings: MemorySettings, _ cache: LlamaCppCache) -> Int {
    var builder = LlamaCppGraph(shape, settings, cache, capacity: 64 * shape.layers.count)
    builder.build()
    return GraphAllocation.peakBytes(builder.graph)
  }

  private init(_ shape: LlamaCppShape, _ settings: MemorySettings, _ cache: LlamaCppCache, capacity: Int) {
    self.shape = shape
    self.settings = settings
    self.cache = cache
    let sequences = max(1, settings.sequences)
    let step = min(cache.contextTokens, settings.batchTokens, settings.microBatchTokens)
    tokens = (step + sequences - 1) / sequences * sequences
    outputs = min(step, settings.outputTokens ?? .max)
    streams = settings.isUnified ? 1 : sequences
    graph = ComputeGraph(capacity: capacity)
  }

  var width: Int { shape.width }

  private mutating func build() {
    var current = embedding()
    positions = graph.input(SIMD4(tokens * shape.positionsPerToken, 1, 1, 1))
    full = inputs(cells: cache.fullCells, cache.fullRotation)
    if shape.hasWindow { window = inputs(cells: cache.windowCells, cache.windowRotation) }
    stateCopy = graph.input(SIMD4(settings.sequences, 1, 1, 1))
    outputRows = graph.input(SIMD4(outputs, 1, 1, 1))
    if shape.ownEmbeddingWidth > 0 { ownEmbeddings = layerEmbeddings(current) }
    for layer in shape.layers.dropLast() { current = self.layer(layer, current, isLast: false) }
    if let last = shape.layers.last { current = layer(last, current, isLast: true) }
    // Some keep the hidden state for models that predict further tokens, before or after the last norm.
    if shape.architecture == "gpt-oss" {
      graph.markOutput(current)
      current = selected(current)
    }
    var normalized = norm(current)
    if selectsRowsAfterNorm {
      graph.markOutput(normalized)
      normalized = selected(normalized)
    }
    graph.markOutput(normalized)
    var logits = graph.product(normalized, rows: shape.vocabularySize)
    if shape.capsLogits { for _ in 0..<3 { logits = graph.inPlace([logits]) } }
    graph.markOutput(logits)
    graph.expand(logits)
  }

  /// gpt-oss and Qwen 3.5 pick the wanted tokens after the last layer, the others inside it.
  private var selectsRowsAtEnd: Bool { shape.architecture == "gpt-oss" || selectsRowsAfterNorm }
  private var selectsRowsAfterNorm: Bool { shape.architecture == "qwen35" || shape.architecture == "gemma4" }

  /// The rows of the tokens whose logits are wanted.
  private mutating func selected(_ source: Int) -> Int {
    graph.operation(SIMD4(width, outputs, 1, 1), [source, outputRows])
  }

  private mutating func embedding() -> Int {
    let ids = graph.input(SIMD4(tokens, 1, 1, 1))
    var current = graph.operation(SIMD4(width, tokens, 1, 1), [ids])
    graph.expand(current)
    // The way in for embeddings instead of tokens is kept ready.
    let vectors = graph.input(SIMD4(width, tokens, 1, 1))
    graph.expand(vectors)
    if shape.scalesEmbeddings { current = graph.inPlace([current]) }
    if !shape.architecture.hasPrefix("gemma") { graph.expand(current) }
    return current
  }

  private mutating func inputs(cells: Int, _ rotation: LlamaCppCache.Rotation) -> AttentionInputs {
    var inputs = AttentionInputs()
    inputs.cells = cells
    inputs.keyRows = graph.input(SIMD4(tokens, 1, 1, 1), valueBytes: 8)
    let values = settings.usesFlashAttention ? 1 : shape.widestValues
    inputs.valueRows = graph.input(SIMD4(tokens * values, 1, 1, 1), valueBytes: 8)
    inputs.mask = graph.input(
      SIMD4(cells, tokens / streams, 1, streams), valueBytes: settings.usesFlashAttention ? 2 : 4)
    if let size = rotation.keySize { inputs.keyRotation = graph.input(SIMD4(size, size, 1, 1)) }
    if let size = rotation.valueSize { inputs.valueRotation = graph.input(SIMD4(size, size, 1, 1)) }
    return inputs
  }

  // MARK: Layers

  private mutating func layer(_ layer: LayerShape, _ input: Int, isLast: Bool) -> Int {
    let normalized = layer.hasNormBefore ? norm(input) : input
    if shape.architecture == "qwen35" { graph.expand(normalized) }
    var current: Int
    switch layer.mixer {
    case .attention(let part): current = attention(part, normalized)
    case .latent(let part): current = latentAttention(part, normalized)
    case .convolution(let kernel): current = shortConvolution(kernel: kernel, normalized)
    case .stateSpace(let part): current = stateSpace(part, normalized)
    case .delta(let part): current = deltaNetwork(part, normalized)
    }
    var residual = input
    if isLast, !selectsRowsAtEnd {
      let rows = SIMD4(width, outputs, 1, 1)
      current = graph.operation(rows, [current, outputRows])
      residual = graph.operation(rows, [residual, outputRows])
    }
    if layer.hasNormAfterMixer { current = norm(current) }
    if layer.scalesResidual { current = graph.inPlace([current]) }
    let joined = graph.inPlace(addsResidualFirst ? [residual, current] : [current, residual])
    guard layer.feedForward != .none else { return joined }
    var next = shape.architecture == "olmo2" ? joined : norm(joined)
    switch layer.feedForward {
    case .none: break
    case .dense(let width, let isFused, let hasGate):
      next = dense(width: width, isFused: isFused, hasGate: hasGate, next)
    case .experts(let experts): next = self.experts(experts, next)
    }
    if layer.hasNormAfterFeedForward { next = norm(next) }
    if layer.scalesResidual { next = graph.inPlace([next]) }
    let sum = graph.inPlace(shape.architecture == "phi3" || addsResidualFirst ? [joined, next] : [next, joined])
    return layer.addsOwnEmbedding ? withOwnEmbedding(sum) : sum
  }

  /// The embeddings of all layers' own: looked up, and projected from the model's.
  private mutating func layerEmbeddings(_ source: Int) -> Int {
    let width = shape.ownEmbeddingWidth
    let count = shape.layers.count
    let ids = graph.input(SIMD4(tokens, 1, 1, 1))
    let sizes = SIMD4(width, count, tokens, 1)
    let looked = graph.inPlace([graph.view(graph.operation(SIMD4(width * count, tokens, 1, 1), [ids]), sizes)])
    graph.expand(looked)
    let projected = graph.view(graph.inPlace([graph.product(source, rows: width * count)]), sizes)
    let sum = graph.inPlace([graph.inPlace([norm(projected), looked])])
    return graph.contiguous(graph.permute(sum, SIMD4(0, 2, 1, 3)))
  }

  private mutating func withOwnEmbedding(_ source: Int) -> Int {
    let gate = graph.inPlace([graph.product(source, rows: shape.ownEmbeddingWidth)])
    let own = graph.view(ownEmbeddings, SIMD4(shape.ownEmbeddingWidth, tokens, 1, 1))
    let added = norm(graph.product(graph.inPlace([gate, own]), rows: width))
    return graph.inPlace([graph.inPlace([source, added])])
  }

  private var addsResidualFirst: Bool { shape.architecture.hasPrefix("lfm2") }

  /// The root mean square, then the weights.
  mutating func norm(_ source: Int) -> Int {
    let scaled = graph.inPlace([source])
    return graph.inPlace([scaled])
  }

  mutating func dense(width inner: Int, isFused: Bool, hasGate: Bool, _ source: Int) -> Int {
    let rows = graph[source].sizes[1] &* graph[source].sizes[2] &* graph[source].sizes[3]
    var hidden: Int
    if isFused {
      hidden = graph.operation(SIMD4(inner, rows, 1, 1), [graph.product(source, rows: 2 * inner)])
    } else {
      let up = graph.product(source, rows: inner)
      let gate = hasGate ? graph.product(source, rows: inner) : up
      hidden = hasGate ? graph.operation(SIMD4(inner, rows, 1, 1), [gate, up]) : graph.inPlace([up])
    }
    hidden = graph.product(hidden, rows: width)
    return hidden
  }
}
