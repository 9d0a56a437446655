import Kernels
package import ModelFiles

extension Model {
  /// Opens a GGUF file and binds its tensors, mapped read-only and not copied.
  ///
  /// Refuses architectures and formats that are not supported, and tensors whose dimensions are not those of the
  /// hyperparameters, each by name.
  package static func open(path: String) throws(InferenceError) -> Model {
    let file: GGUFFile
    do { file = try GGUFFile.open(path: path) } catch { throw .unreadable(error.description) }
    return try Model(file: file)
  }

  /// Binds the tensors of an open file, which stays mapped as long as the model lives.
  package convenience init(file: GGUFFile) throws(InferenceError) {
    let description = ModelDescription(file)
    guard file.byteOrder == .little else { throw .unreadable("big-endian model files cannot be run; convert the file") }
    var binder = ModelBinder(file: file)
    let factors = try binder.vector("rope_freqs.weight")?.map(Double.init)
    var shape = try TransformerShape(
      architecture: file.architecture, hyperparameters: description.hyperparameters, ropeFactors: factors)
    shape.hasProjectionBias = file.tensor(named: "blk.0.attn_q.bias") != nil
    shape.hasHeadNorm = file.tensor(named: "blk.0.attn_q_norm.weight") != nil
    if let supported = SupportedArchitecture.named(shape.architecture), supported.hasHeadNorm, !shape.hasHeadNorm {
      throw .missingTensor("blk.0.attn_q_norm.weight")
    }
    let embedding = try binder.matrix(.embedding, layer: 0, shape: shape)
    let output = shape.tiedOutput ? embedding : try binder.matrix(.output, layer: 0, shape: shape)
    let outputNorm = try binder.vector("output_norm.weight", count: shape.hiddenSize)
    var layers: [LayerWeights] = []
    for layer in 0..<shape.layers { layers.append(try binder.layer(layer, shape: shape)) }
    try binder.refuseUnusedLayerTensors()
    self.init(
      name: description.name, shape: shape,
      plan: WeightPlan(matrices: binder.matrices, vectorBytes: binder.vectorBytes, fallbackNote: nil),
      origin: .file(path: file.files.first?.path), embedding: embedding, output: output, outputNorm: outputNorm,
      layers: layers, storage: .file(file))
  }
}
