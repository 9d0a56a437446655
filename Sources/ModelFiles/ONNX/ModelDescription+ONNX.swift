extension ModelDescription {
  /// Describes an ONNX model: sizes and quantization from its graph, its shape from what lies beside it and from the
  /// inputs that carry the KV cache.
  init(_ graph: ONNXGraph, file: MappedFile) throws(ModelFileError) {
    self = ModelDescription.besideGraph(path: file.path, suffix: ".onnx")
    fileFormat = .onnx
    storage = graph.externals.isEmpty ? .file : .parts
    fileBytes = graph.externals.reduce(file.bytes.count) { $0 &+ $1.bytes }
    fileCount = 1 + graph.externals.count
    parameterSource = "the stored weights of the graph, packed ones counted unpacked, without scales and zero points"
    let weights = ONNXWeights(graph)
    if isMixtureOfExperts == false, graph.operators.keys.contains(where: { $0.hasSuffix("MoE") }) {
      isMixtureOfExperts = true
    }
    weights.tally.report(in: &self)
    quantization = weights.scheme ?? quantization
    if quantization != nil, quantization?.activationBits == nil,
      graph.operators["QuantizeLinear"] != nil, weights.scheme?.method == "QDQ"
    {
      quantization?.activationBits = 8
    }
    self.graph = GraphDescription(graph)
    describeCache(inputs: graph.inputs.map(GraphPort.init))
    applyAttention(graph)
    if let folder = ModelPlace.file(file).folderPath { try addGenerationSettings(folder: folder) }
    setKind(inputs: graph.inputs.map(GraphPort.init), outputs: graph.outputs.map(GraphPort.init))
    notes += graph.notes
    let empty = graph.tensors.count { $0.place == .fields(isEmpty: true) && $0.values > 0 }
    if empty > 0 { notes.append("\(empty) tensors have sizes but no values: the model cannot run like this.") }
    if graph.tensors.isEmpty { notes.append("The graph stores no tensors, so there are no weights.") }
  }

  /// Windows that the attention operators state.
  private mutating func applyAttention(_ graph: ONNXGraph) {
    guard let window = graph.attentionWindows.first else { return }
    usesSlidingWindow = true
    let count = graph.attentionWindows.count
    guard Set(graph.attentionWindows).count == 1, let layers = cacheLayers, layers.count == 1,
      let all = layers.first, count <= all.layerCount
    else {
      notes.append("Some layers see only a window of the context; the KV cache is computed as if none did.")
      return
    }
    hyperparameters.slidingWindowTokens = window
    notes.append(
      "\(count) of \(all.layerCount) layers see only the last \(window) tokens; ONNX Runtime still keeps the keys and "
        + "values of the whole context for them.")
  }
}

extension GraphDescription {
  init(_ graph: ONNXGraph) {
    self.init()
    producer = [graph.head.producerName, graph.head.producerVersion].filter { !$0.isEmpty }.joined(separator: " ")
    producer = producer.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) }
    formatVersion = Int(graph.head.irVersion)
    operatorSets = graph.head.operatorSets.prefix(64).map {
      OperatorSet(domain: $0.domain.isEmpty ? "ai.onnx" : String($0.domain.prefix(200)), version: Int($0.version))
    }
    setOperators(graph.operators)
    subgraphCount = graph.subgraphCount
    inputs = graph.inputs.prefix(512).map { GraphPort($0).text }
    outputs = graph.outputs.prefix(512).map { GraphPort($0).text }
  }
}

extension GraphPort {
  init(_ value: ONNXValue) {
    let tensor = value.type.tensor
    self.init(
      name: value.name, type: ElementType.onnx[tensor.elementType],
      sizes: tensor.shape.dimensions.prefix(64).map { $0.symbol.isEmpty && $0.size > 0 ? Int($0.size) : nil })
  }
}
