package import ModelFiles
package import TensorFormats

/// The metadata and tensors that a model of some shape has as a GGUF file, before formats are chosen.
package struct Blueprint: Sendable, Hashable {
  package typealias Tensor = QuantizedModel.Tensor

  package let architecture: String
  package var pairs: [GGUFLayout.Pair]
  /// What the quantizer chooses formats by: the tensors and a few numbers.
  package let quantized: QuantizedModel

  package var tensors: [Tensor] { quantized.tensors }
  /// Layers of the model, as the quantizer counts them.
  package var layers: Int { quantized.layers }

  /// The values of all tensors.
  package var parameterCount: Int { tensors.reduce(0) { $0 &+ $1.valueCount } }

  /// Works out the tensors of `shape`; throws when the architecture is not known or numbers are missing or absurd.
  package init(_ shape: ModelShape) throws(BlueprintError) {
    guard let architecture = ArchitectureBlueprint.named(shape.architecture) else {
      throw BlueprintError(
        "The tensors of the architecture '\(shape.architecture)' are not known. Known are: "
          + ArchitectureBlueprint.all.map(\.name).joined(separator: ", ") + ".")
    }
    try shape.check()
    var builder = BlueprintBuilder(shape)
    builder.addGeneralPairs()
    try architecture.build(&builder)
    self.architecture = shape.architecture
    pairs = builder.pairs
    // The quantizer looks at the first layer alone.
    let keyHeads = shape.latent != nil ? 1 : shape.architecture != "qwen35" && !shape.attends(0) ? 0 : shape.kvHeads
    quantized = QuantizedModel(
      tensors: builder.tensors, layers: shape.layers, headsPerKeyHead: keyHeads > 0 ? shape.heads / keyHeads : 0,
      experts: shape.experts ?? 0,
      isSeventyBillion: shape.architecture == "llama" && shape.layers == 80 && shape.heads != shape.kvHeads)
  }

  /// The tensors of `file` by name and shape, and its metadata, so that a file of the same kind can be made in another format.
  package init(_ file: GGUFFile) {
    self.init(tensorsOf: file)
    pairs = GGUFLayout.Pair.copies(of: file)
  }

  /// The tensors of `file` by name and shape without its metadata, of which a vocabulary is large: enough to choose formats.
  package init(tensorsOf file: GGUFFile) {
    let name = file.architecture ?? ""
    architecture = name
    pairs = []
    let model = ModelDescription(file)
    let shape = model.hyperparameters
    let keyHeads = shape.headCountKV(layer: 0) ?? 0
    quantized = QuantizedModel(
      tensors: file.tensors.map { Tensor(name: $0.name, shape: $0.shape) }, layers: shape.blockCount ?? 0,
      headsPerKeyHead: keyHeads > 0 ? (shape.headCount(layer: 0) ?? 0) / keyHeads : 0,
      experts: shape.expertCount ?? 0,
      isSeventyBillion: name == "llama" && shape.blockCount == 80 && shape.headCount != shape.headCountKV)
  }

  /// What the file holds when its tensors are stored as `type` says.
  package func layout(_ type: FileTypeRecipe) throws(ModelFileError) -> GGUFLayout {
    let formats = type.formats(of: quantized)
    var list: [GGUFLayout.Tensor] = []
    list.reserveCapacity(tensors.count)
    for (tensor, format) in zip(tensors, formats) {
      list.append(try GGUFLayout.Tensor(tensor.name, tensor.shape, format))
    }
    var pairs = pairs
    pairs.removeAll { $0.key == "general.file_type" || $0.key == "general.quantization_version" }
    let place = min(2, pairs.count)
    pairs.insert(GGUFLayout.Pair("general.file_type", .uint32(type.fileType)), at: place)
    if type.isQuantized { pairs.insert(GGUFLayout.Pair("general.quantization_version", .uint32(2)), at: place) }
    return GGUFLayout(pairs: pairs, tensors: list)
  }
}

extension QuantizedModel.Tensor {
  package var valueCount: Int { shape.reduce(1, *) }

  /// The bytes in a format; nil when rows do not fill its blocks, or when they are more than any file has.
  func byteCount(_ format: TensorFormat) -> Int? {
    var values = 1
    for size in shape {
      let (product, overflow) = values.multipliedReportingOverflow(by: size)
      guard size > 0, !overflow else { return nil }
      values = product
    }
    guard let columns = shape.first, columns.isMultiple(of: format.valuesPerBlock),
      let bytes = format.byteCount(values: values), bytes < 1 << 56
    else { return nil }
    return bytes
  }
}
