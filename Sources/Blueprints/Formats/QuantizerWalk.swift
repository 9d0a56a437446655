/// What the quantizer sees of the tensors of a blueprint, whatever the file type: worked out once for all of them.
struct QuantizerWalk: Sendable {
  /// How a tensor is stored.
  enum Treatment: Sendable {
    case quantized
    /// As the converter wrote it.
    case kept
    case alwaysF32
  }

  let blueprint: Blueprint
  let roles: [TensorRole]
  let treatments: [Treatment]
  /// The quantizer walks through layers in order, whatever the order of the file; within a layer the order changes nothing.
  let order: [Int]

  var tensors: [Blueprint.Tensor] { blueprint.tensors }

  init(_ blueprint: Blueprint) {
    self.blueprint = blueprint
    roles = blueprint.tensors.map { TensorRole($0.name) }
    treatments = blueprint.tensors.map {
      TensorRole.isQuantized($0) ? .quantized : TensorRole.isAlwaysF32($0) ? .alwaysF32 : .kept
    }
    let layers = blueprint.tensors.map { Self.layer($0.name) }
    order = blueprint.tensors.indices.sorted { (layers[$0], $0) < (layers[$1], $1) }
  }

  /// The number in `blk.N.`; -1 for tensors outside layers.
  static func layer(_ name: String) -> Int {
    guard name.hasPrefix("blk.") else { return -1 }
    return Int(name.dropFirst(4).prefix { $0.isNumber }) ?? -1
  }
}
