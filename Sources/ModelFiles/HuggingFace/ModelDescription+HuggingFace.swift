extension ModelDescription {
  /// Describes a folder: its shape from the configuration, its sizes from the headers of the weights.
  init(_ folder: HuggingFaceFolder) throws(ModelFileError) {
    let configuration = folder.configuration.map(ModelConfiguration.init)
    let tensors = folder.weights?.tensors ?? []
    let declared = try configuration?.count("num_hidden_layers", "n_layers", "n_layer", "num_layers")
    let predicts = tensors.contains { ModelComponent.isPrediction($0.name, layers: declared) }
    // The configuration of a part of an image generator has other numbers under the same names.
    let isPart = configuration?.root.has("_diffusers_version") == true
    let keys = isPart ? nil : try configuration?.keys(predictionLayers: predicts)
    var shape = keys.map { Hyperparameters($0) } ?? Hyperparameters()
    shape.ropeScaling = keys.flatMap { RopeScaling($0) }
    let scheme = try folder.scheme(configuration)
    let matrices = PackedWeights.matrices(tensors, scheme: scheme, groupSizes: folder.groupSizes(configuration))
    let count = tensors.isEmpty ? nil : Self.sum(matrices.map(\.parameters))
    self.init(
      name: Self.name(folder, configuration), origin: .file, source: folder.path,
      architecture: configuration?.architecture, parameterCount: count,
      parameterSource: tensors.isEmpty
        ? "not known: the weights are not in safetensors files"
        : "the values of all \(matrices.count) matrices and vectors of the weights, counted as they are unpacked",
      hyperparameters: shape)
    modelClass = configuration?.modelClass ?? (isPart ? configuration?.root.text("_class_name") : nil)
    modelType = configuration?.modelType
    quantization = scheme
    quantization?.hasGroupIndex = tensors.contains { $0.name.hasSuffix(".g_idx") }
    storage = .folder
    family = FamilyName.name(architecture: architecture, modelType: configuration?.modelType)
    let card = folder.has("README.md") ? ModelCard(path: folder.path(of: "README.md")) : nil
    license = card?.license ?? configuration?.root.text("license")
    try describeLayout(folder, card)
    isMixtureOfExperts = (shape.expertCount ?? 0) > 1
    addWeights(folder, matrices, layers: declared)
    if let configuration, let keys {
      let hasPooling = ["modules.json", "1_Pooling", "config_sentence_transformers.json"].contains { folder.has($0) }
      kind = configuration.kind(hasPooling: hasPooling)
      modalities = configuration.modalities(kind)
      describeLayers(keys, hyperparameters)
      tokenizer = try TokenizerDescription(folder, vocabularySize: shape.vocabularySize)
    }
    if isPart {
      kind = .imageGeneration
      cacheLayers = []
      notes.append("This is one part of an image generator: name the folder with its model_index.json for all of it.")
    }
    try addAdapter(folder)
    addFolderNotes(folder, configuration)
    if let note = try folder.quantizationNote(scheme) { notes.append(note) }
  }

  /// Tells MLX folders from others: by their packing, by what wrote the weights, or by the card.
  private mutating func describeLayout(_ folder: HuggingFaceFolder, _ card: ModelCard?) throws(ModelFileError) {
    let settings = try folder.settings("adapter_config.json")
    let sign: String? =
      if quantization?.method == "mlx" {
        "'quantization' in config.json has group_size and bits"
      } else if folder.weights?.metadata["format"] == "mlx" {
        "its weights say that MLX wrote them"
      } else if settings?.has("lora_parameters") == true || settings?.has("fine_tune_type") == true {
        "adapter_config.json is that of mlx-lm"
      } else if card?.library == "mlx" {
        "its model card names the library mlx"
      } else {
        nil
      }
    fileFormat = sign == nil ? .safetensors : .mlx
    if folder.isOfOllama { return }
    layout = sign == nil ? .huggingFace : .mlx
    if let sign { notes.append("This is an MLX folder: \(sign).") }
  }

  private static func name(_ folder: HuggingFaceFolder, _ configuration: ModelConfiguration?) -> String {
    if let name = configuration?.root.text("_name_or_path"), name.contains("/"), !name.hasPrefix("/"),
      !name.hasPrefix(".")
    {
      return name
    }
    return folderName(folder.path)
  }

  /// What people call the model in a folder.
  static func folderName(_ path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    // A cache keeps snapshots under .../models--OWNER--NAME/snapshots/COMMIT.
    if let cached = parts.last(where: { $0.hasPrefix("models--") }) {
      return shortened(String(cached.dropFirst("models--".count)).replacing("--", with: "/"))
    }
    return shortened(parts.last ?? path)
  }

  private mutating func addWeights(_ folder: HuggingFaceFolder, _ matrices: [WeightMatrix], layers: Int?) {
    guard let weights = folder.weights else { return }
    fileBytes = weights.fileBytes
    fileCount = weights.fileCount
    weightBytes = Self.sum(weights.tensors.map(\.byteCount))
    notes += weights.notes
    summarize(matrices)
    components = ModelComponent.parts(of: matrices, text: layers)
    activeParameterCount = Self.activeParameters(matrices, hyperparameters, all: parameterCount, layers: layers)
    let hasOutput = matrices.contains { $0.name.hasSuffix("lm_head.weight") || $0.name == "output.weight" }
    let embedding = matrices.first { matrix in
      ["embed_tokens.weight", "wte.weight", "word_embeddings.weight", "tok_embeddings.weight", "embed_in.weight"]
        .contains { matrix.name.hasSuffix($0) }
    }
    if let embedding {
      hyperparameters.tiedOutput = !hasOutput
      lookupOnlyBytes = hasOutput ? embedding.bytes : 0
    }
  }

  private mutating func summarize(_ matrices: [WeightMatrix]) {
    var widths: [Int: MatrixWidth] = [:]
    for matrix in matrices {
      guard let columns = matrix.columns, columns > 1 else { continue }
      var width = widths[columns] ?? MatrixWidth(columns: columns, tensors: 0, parameters: 0)
      width.tensors += 1
      width.parameters &+= matrix.parameters
      widths[columns] = width
    }
    formats = FormatSummary.all(matrices)
    dominantFormat = formats.max { $0.parameters < $1.parameters }?.format
    matrixWidths = Array(widths.values.sorted { ($0.parameters, $1.columns) > ($1.parameters, $0.columns) }.prefix(64))
  }

  /// All parameters, with those of the experts counted only for the experts that a token uses, and without the layers
  /// that predict further tokens.
  private static func activeParameters(
    _ matrices: [WeightMatrix], _ shape: Hyperparameters, all: Int?, layers: Int?
  ) -> Int? {
    guard let all else { return nil }
    let kept = matrices.filter {
      !ModelComponent.isPrediction($0.name, layers: layers) && !ModelComponent.isDraft($0.name)
    }
    let used = kept.count == matrices.count ? all : sum(kept.map(\.parameters)) ?? all
    guard let count = shape.expertCount, count > 1 else { return used }
    guard let chosen = shape.expertUsedCount, chosen <= count else { return nil }
    let names = [".experts.", "_exps.", ".switch_mlp."]
    let experts = sum(kept.filter { matrix in names.contains { matrix.name.contains($0) } }.map(\.parameters)) ?? 0
    return experts > 0 ? used - experts + experts / count * chosen : nil
  }

  private mutating func addAdapter(_ folder: HuggingFaceFolder) throws(ModelFileError) {
    guard let settings = try folder.settings("adapter_config.json") else { return }
    let adapter = try AdapterDescription(settings)
    self.adapter = adapter
    guard folder.configuration == nil else { return }
    kind = .adapter
    cacheLayers = []
    notes.append(
      "This is an adapter (LoRA)\(adapter.baseModel.map { " of \($0)" } ?? ""); it is used beside that model.")
  }

  private mutating func addFolderNotes(_ folder: HuggingFaceFolder, _ configuration: ModelConfiguration?) {
    if configuration == nil, adapter == nil {
      notes.append("There is no config.json beside the weights: the shape of the model is not known.")
    }
    if folder.weights == nil {
      let pickles = folder.pickles
      notes.append(
        pickles.isEmpty
          ? "There are no weights in the folder: sizes are not known."
          : "The weights are PyTorch checkpoints (\(pickles[0])), which are not read, because loading one runs code. "
            + "Sizes are not known.")
      if !pickles.isEmpty { fileBytes = pickles.reduce(0) { $0 + folder.byteCount(of: $1) } }
    }
    if let class1 = modelClass, configuration?.root.has("auto_map") == true {
      notes.append(
        "The model brings code of its own (\(class1)): loading it with transformers needs trust_remote_code.")
    }
    if hasRecurrentLayers, recurrentStateBytes == nil {
      notes.append("The size of the recurrent state cannot be worked out from the configuration.")
    }
  }
}
