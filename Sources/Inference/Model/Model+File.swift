import Kernels
package import ModelFiles

extension Model {
  /// Opens a GGUF file and binds its tensors, mapped read-only and not copied.
  ///
  /// Refuses architectures and formats that are not supported, tensors whose dimensions are not those of the hyperparameters, and
  /// norms and biases with numbers that are not finite, each by name. Matrices are not read through at load, which would take as
  /// long as reading the whole file: a session that meets logits that are not finite looks for the tensor and row then.
  package static func open(path: String) throws(InferenceError) -> Model {
    let file: GGUFFile
    do { file = try GGUFFile.open(path: path) } catch { throw .unreadable(error.description) }
    return try Model(file: file)
  }

  /// Binds the tensors of an open file, which stays mapped as long as the model lives.
  package convenience init(file: GGUFFile) throws(InferenceError) {
    guard file.byteOrder == .little else { throw .unreadable("big-endian model files cannot be run; convert the file") }
    var binder = ModelBinder(file: file)
    let shape = try TransformerShape(file: file, binder: &binder)
    binder.shape = shape
    let embedding = try binder.matrix(.embedding, layer: 0)
    let output = shape.tiedOutput ? embedding : try binder.matrix(.output, layer: 0)
    let outputNorm = try binder.vector(shape.traits.outputNormName + ".weight", count: shape.hiddenSize)
    var layers: [LayerWeights] = []
    for layer in 0..<shape.layers { layers.append(try LayerWeights(&binder, layer: layer, shape: shape)) }
    try binder.refuseUnusedLayerTensors()
    self.init(
      name: ModelDescription(file).name, shape: shape,
      plan: WeightPlan(
        matrices: binder.matrices, vectorBytes: binder.vectorBytes,
        usedExpertsFraction: shape.usedExpertsFraction, fallbackNote: nil),
      origin: .file(path: file.files.first?.path), embedding: embedding, output: output, outputNorm: outputNorm,
      layers: layers, storage: .file(file))
  }
}
