extension FileTypeRecipe {
  /// The format of a tensor, and the one that it would have if its rows filled the blocks.
  package struct Choice: Sendable, Hashable {
    package let format: TensorFormat
    package let wanted: TensorFormat
  }

  /// The format of each tensor of `model`, in its order.
  package func formats(of model: QuantizedModel) -> [TensorFormat] {
    choices(along: QuantizerWalk(model)).map(\.format)
  }

  /// The choice for each tensor that the quantizer walks along, in the order of the model.
  package func choices(along walk: QuantizerWalk) -> [Choice] {
    var state = QuantizerState(
      recipe: self, model: walk.model, valueMatrices: walk.roles.count { $0.isValueLike },
      hasTiedEmbeddings: !walk.roles.contains(.output))
    var choices = [Choice](repeating: Choice(format: .f32, wanted: .f32), count: walk.roles.count)
    for index in walk.order {
      switch walk.treatments[index] {
      case .quantized where isQuantized: choices[index] = state.choice(walk.tensors[index], walk.roles[index])
      // What is not quantized stays as the converter wrote it; quantized files are made from F16.
      case .quantized, .kept:
        let format: TensorFormat = isQuantized ? .f16 : base
        choices[index] = Choice(format: format, wanted: format)
      case .alwaysF32: break
      }
    }
    return choices
  }
}
