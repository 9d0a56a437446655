/// Tells the weights of an ONNX graph from its scales, zero points and settings, and counts packed weights unpacked.
struct ONNXWeights {
  private(set) var tally = WeightTally()
  private(set) var scheme: QuantizationScheme?
  private var schemes: [QuantizationScheme: Int] = [:]

  init(_ graph: ONNXGraph) {
    let weights = Dictionary(graph.quantized.map { ($0.weight, $0) }, uniquingKeysWith: { first, _ in first })
    let places = Dictionary(
      graph.tensors.indices.map { (graph.tensors[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    var formats: [String: String] = [:]
    var spans: Set<ONNXGraph.Stored.Place> = []
    for tensor in graph.tensors {
      guard let use = weights[tensor.name] else { continue }
      // Activations pass through these operators too; only what is stored counts.
      let format = add(tensor, use, isShared: isShared(tensor, &spans))
      for name in use.companions where places[name] != nil { formats[name] = format }
    }
    for tensor in graph.tensors where weights[tensor.name] == nil {
      let bytes = isShared(tensor, &spans) ? 0 : tensor.byteCount
      if let format = formats[tensor.name] {
        tally.add(format: format, parameters: 0, bytes: bytes, tensors: 0)
      } else {
        let isWeight = tensor.type.isWeight(rank: tensor.shape.count) && bytes > 0
        tally.add(
          format: tensor.type.name, parameters: isWeight ? tensor.values : 0, bytes: bytes,
          columns: isWeight && tensor.shape.count > 1 ? tensor.shape.last : nil)
      }
    }
    // What most weights have; a model whose embedding alone differs is still of that scheme.
    scheme = schemes.max { ($0.value, $1.key.method) < ($1.value, $0.key.method) }?.key
    scheme?.overrideCount = Swift.max(0, schemes.count - 1)
  }

  /// Whether the values were counted already: tied weights are stored once and named twice.
  private func isShared(_ tensor: ONNXGraph.Stored, _ spans: inout Set<ONNXGraph.Stored.Place>) -> Bool {
    guard case .external = tensor.place, tensor.byteCount > 0 else { return false }
    return !spans.insert(tensor.place).inserted
  }

  /// Adds quantized weights; the name of their format is returned for their scales.
  private mutating func add(
    _ tensor: ONNXGraph.Stored, _ quantized: ONNXGraph.Quantized, isShared: Bool
  ) -> String {
    let isByte = tensor.type.bits == 8
    let bits = quantized.use.isPacked && isByte ? quantized.bits ?? 4 : tensor.type.bits ?? 8
    let most = Int.max / 8 < tensor.byteCount ? Int.max : tensor.byteCount * 8 / Swift.max(1, bits)
    var values = quantized.use.isPacked && isByte ? most : tensor.values
    var columns = tensor.shape.count > 1 ? tensor.shape.last : nil
    // The last group of a row is padded; the node says how long the rows are.
    if quantized.use.isPacked, let rows = quantized.rows, let width = quantized.columns,
      let product = [rows, width].checkedProduct, product <= most
    {
      values = product
      columns = width
    }
    let type = quantized.use.method == "MatMulBnb4" ? "nf4" : Self.typeName(tensor.type, bits: bits, quantized)
    let group = quantized.groupSize.map { " g\($0)" } ?? ""
    let format = "\(quantized.use.method) \(type)\(group)"
    tally.add(
      format: format, parameters: isShared ? 0 : values, bytes: isShared ? 0 : tensor.byteCount, columns: columns)
    var scheme = QuantizationScheme(method: quantized.use.method)
    scheme.bits = bits
    scheme.groupSize = quantized.groupSize
    scheme.isSymmetric = quantized.isSymmetric
    scheme.weightType = type
    scheme.activationBits = quantized.use.activationBits
    let (sum, overflow) = schemes[scheme, default: 0].addingReportingOverflow(values)
    schemes[scheme] = overflow ? .max : sum
    return format
  }

  private static func typeName(_ type: ElementType, bits: Int, _ quantized: ONNXGraph.Quantized) -> String {
    if type.family == .floating { return type.name.lowercased() }
    return quantized.use.isPacked ? "int\(bits)" : (type.name.hasPrefix("U") ? "uint" : "int") + "\(bits)"
  }
}
