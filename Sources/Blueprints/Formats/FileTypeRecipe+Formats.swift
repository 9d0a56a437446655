package import TensorFormats

extension FileTypeRecipe {
  /// The format of each tensor of `blueprint`, in its order.
  package func formats(of blueprint: Blueprint) -> [TensorFormat] { formats(along: QuantizerWalk(blueprint)) }

  /// The format of each tensor that the quantizer walks along, in the order of the blueprint.
  func formats(along walk: QuantizerWalk) -> [TensorFormat] {
    var state = QuantizerState(
      recipe: self, blueprint: walk.blueprint, valueMatrices: walk.roles.count { $0.isValueLike },
      hasTiedEmbeddings: !walk.roles.contains(.output))
    var formats = [TensorFormat](repeating: .f32, count: walk.roles.count)
    for index in walk.order {
      switch walk.treatments[index] {
      case .quantized: formats[index] = isQuantized ? state.format(walk.tensors[index], walk.roles[index]) : base
      // What is not quantized stays as the converter wrote it; quantized files are made from F16.
      case .kept: formats[index] = isQuantized ? .f16 : base
      case .alwaysF32: formats[index] = .f32
      }
    }
    return formats
  }
}
