/// What the quantizer sees of the tensors of a model, whatever the file type: worked out once for all of them.
package struct QuantizerWalk: Sendable {
  /// How a tensor is stored.
  enum Treatment: Sendable {
    case quantized
    /// As the converter wrote it.
    case kept
    case alwaysF32
  }

  let model: QuantizedModel
  let roles: [TensorRole]
  let treatments: [Treatment]
  /// The quantizer walks through layers in order, whatever the order of the file; within a layer the order changes nothing.
  let order: [Int]

  package var tensors: [QuantizedModel.Tensor] { model.tensors }

  package init(_ model: QuantizedModel) {
    self.model = model
    roles = model.tensors.map { TensorRole($0.name) }
    treatments = model.tensors.map {
      TensorRole.isQuantized($0) ? .quantized : TensorRole.isAlwaysF32($0) ? .alwaysF32 : .kept
    }
    let layers = model.tensors.map { Self.layer($0.name) }
    order = model.tensors.indices.sorted { (layers[$0], $0) < (layers[$1], $1) }
  }

  /// The number in `blk.N.`; -1 for tensors outside layers.
  package static func layer(_ name: String) -> Int {
    guard name.hasPrefix("blk.") else { return -1 }
    return Int(name.dropFirst(4).prefix { $0.isNumber }) ?? -1
  }
}
