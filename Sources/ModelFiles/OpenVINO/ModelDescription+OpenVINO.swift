extension ModelDescription {
  /// Describes an OpenVINO model: sizes and compression from its constants, its shape from what lies beside it and from
  /// the variables or inputs that carry the KV cache.
  init(_ graph: IRGraph, file: MappedFile, weightFileBytes: Int?) {
    self = ModelDescription.besideGraph(path: file.path, suffix: ".xml")
    fileFormat = .openvino
    storage = .parts
    fileBytes = file.bytes.count + (weightFileBytes ?? 0)
    fileCount = weightFileBytes == nil ? 1 : 2
    parameterSource = "the constants of the graph that are weights, without scales and zero points"
    let weights = IRWeights(graph)
    weights.tally.report(in: &self)
    quantization = weights.scheme ?? quantization
    self.graph = GraphDescription(graph)
    describeCache(inputs: graph.variables.isEmpty ? graph.inputs : graph.variables)
    // Without a cache as an input or variable, the model keeps nothing from one call to the next.
    setKind(inputs: graph.inputs, outputs: graph.outputs)
    if let mode = graph.information["nncf.weight_compression.mode"] {
      fileType = mode.uppercased()
      if let ratio = graph.information["nncf.weight_compression.ratio"], let share = Double(ratio), share < 1 {
        notes.append(
          "NNCF compressed \(ratio) of the weights to \(mode), the others to "
            + "\(graph.information["nncf.weight_compression.backup_mode"] ?? "8 bits").")
      }
    }
    if graph.constants.isEmpty { notes.append("The graph has no constants, so there are no weights.") }
  }
}

extension GraphDescription {
  init(_ graph: IRGraph) {
    self.init()
    let runtime = graph.information["OpenVINO Runtime"] ?? graph.information["Runtime_version"]
    producer = runtime.map { "OpenVINO \($0)" }
    formatVersion = graph.version
    setOperators(graph.operators)
    subgraphCount = graph.subgraphCount
    inputs = graph.inputs.prefix(512).map(\.text)
    outputs = graph.outputs.prefix(512).map { String($0.name.prefix(200)) }
    stateCount = graph.variables.count
  }
}
