package import TensorFormats

extension FileTypeRecipe {
  /// The format of each tensor of `blueprint`, in its order.
  package func formats(of blueprint: Blueprint) -> [TensorFormat] {
    let roles = blueprint.tensors.map { TensorRole($0.name) }
    var state = QuantizerState(
      recipe: self, blueprint: blueprint, valueMatrices: roles.count { $0.isValueLike },
      hasTiedEmbeddings: !roles.contains(.output))
    // The quantizer walks through layers in order, whatever the order of the file; within a layer the order changes nothing.
    let order = blueprint.tensors.indices.sorted {
      (Self.layer(blueprint.tensors[$0].name), $0) < (Self.layer(blueprint.tensors[$1].name), $1)
    }
    var formats = [TensorFormat](repeating: .f32, count: blueprint.tensors.count)
    for index in order {
      let tensor = blueprint.tensors[index]
      if TensorRole.isQuantized(tensor) {
        formats[index] = isQuantized ? state.format(tensor, roles[index]) : base
      } else {
        // What is not quantized stays as the converter wrote it; quantized files are made from F16.
        formats[index] = TensorRole.isAlwaysF32(tensor) ? .f32 : isQuantized ? .f16 : base
      }
    }
    return formats
  }

  /// The number in `blk.N.`; -1 for tensors outside layers.
  static func layer(_ name: String) -> Int {
    guard name.hasPrefix("blk.") else { return -1 }
    return Int(name.dropFirst(4).prefix { $0.isNumber }) ?? -1
  }
}
