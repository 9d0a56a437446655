package import Kernels
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

  /// Opens a GGUF file and copies its matrices into memory that is faster to read, with all threads of `team`, in the layout that
  /// `kernels` multiply fastest: only these may run the model.
  ///
  /// Each tensor is copied once, whoever shares it; the file's pages are given back afterwards. Stays with the mapped file when
  /// the weights take more than half of `memoryLimitBytes`. Throws like `open(path:)`, and `cancelled`.
  package static func open(
    path: String, copyingWith team: ThreadTeam, for kernels: KernelSet, memoryLimitBytes: Int?,
    cancellation: Cancellation? = nil
  ) throws(InferenceError) -> Model {
    let file: GGUFFile
    do { file = try GGUFFile.open(path: path) } catch { throw .unreadable(error.description) }
    let byteCount = file.tensors.reduce(0) { $0 + $1.byteCount }
    if let memoryLimitBytes, byteCount > memoryLimitBytes / 2 { return try Model(file: file) }
    let copy = try WeightCopy(byteCount: byteCount, tensors: file.tensors.count, kernels: kernels)
    let model = try Model(file: file, copy: copy)
    try copy.run(team, cancellation: cancellation)
    file.releasePages()
    return model
  }

  /// Binds the tensors of an open file, which stays mapped as long as the model lives.
  package convenience init(file: GGUFFile) throws(InferenceError) { try self.init(file: file, copy: nil) }

  private convenience init(file: GGUFFile, copy: WeightCopy?) throws(InferenceError) {
    guard file.byteOrder == .little else { throw .unreadable("big-endian model files cannot be run; convert the file") }
    var binder = ModelBinder(file: file, copy: copy)
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
      layers: layers, storage: .file(file, copy: copy))
  }
}
