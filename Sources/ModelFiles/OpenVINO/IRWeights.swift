/// Tells the weights of an OpenVINO model from its scales, zero points and settings.
struct IRWeights {
  private(set) var tally = WeightTally()
  private(set) var scheme: QuantizationScheme?

  init(_ graph: IRGraph) {
    /// Constants of the same bytes are one tensor that several layers use.
    struct Span: Hashable {
      var offset: Int
      var bytes: Int
    }
    var spans: Set<Span> = []
    var schemes: [QuantizationScheme: Int] = [:]
    let groups = Self.groupSizes(graph)
    for (index, constant) in graph.constants.enumerated() {
      let isShared = !spans.insert(Span(offset: constant.offset, bytes: constant.byteCount)).inserted
      let bytes = isShared ? 0 : constant.byteCount
      if let owner = constant.owner {
        tally.add(format: Self.format(graph.constants[owner], groups[owner]), parameters: 0, bytes: bytes, tensors: 0)
        continue
      }
      let isWeight = constant.type.isWeight(rank: constant.shape.count) && bytes > 0
      tally.add(
        format: Self.format(constant, groups[index]), parameters: isWeight ? constant.values : 0, bytes: bytes,
        columns: isWeight ? Self.columns(constant, groups[index]) : nil)
      guard isWeight, constant.hasScales, let name = constant.type.compressedName else { continue }
      var scheme = QuantizationScheme(method: graph.information.keys.contains { $0.hasPrefix("nncf") } ? "nncf" : "int")
      scheme.bits = constant.type.bits
      scheme.groupSize = groups[index]
      scheme.isSymmetric = !constant.hasZeroPoints
      scheme.weightType = name
      schemes[scheme] = schemes[scheme, default: 0].addingReportingOverflow(constant.values).partialValue
    }
    scheme = schemes.max { $0.value < $1.value }?.key
    scheme?.overrideCount = Swift.max(0, schemes.count - 1)
    if graph.operators["FakeQuantize"] != nil { scheme?.activationBits = 8 }
  }

  /// The weights that share a scale, for each compressed constant: its last size when its scales have one value for that.
  private static func groupSizes(_ graph: IRGraph) -> [Int: Int] {
    var groups: [Int: Int] = [:]
    for constant in graph.constants {
      guard let owner = constant.owner, constant.type.family == .floating else { continue }
      let weights = graph.constants[owner].shape
      guard weights.count > 2, constant.shape.count == weights.count, constant.shape.last == 1, let size = weights.last,
        size > 1, weights[weights.count - 2] == constant.shape[constant.shape.count - 2]
      else { continue }
      groups[owner] = size
    }
    return groups
  }

  private static func format(_ constant: IRGraph.Constant, _ group: Int?) -> String {
    guard constant.hasScales, let name = constant.type.compressedName else { return constant.type.name }
    return "OpenVINO \(name)" + (group.map { " g\($0)" } ?? "")
  }

  /// The length of the rows: groups are a dimension of their own.
  private static func columns(_ constant: IRGraph.Constant, _ group: Int?) -> Int? {
    guard constant.shape.count > 1, let last = constant.shape.last else { return nil }
    guard group != nil else { return last }
    return [last, constant.shape[constant.shape.count - 2]].checkedProduct
  }
}
