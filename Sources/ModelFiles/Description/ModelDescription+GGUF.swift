import TensorFormats

extension ModelDescription {
  /// Describes a model file of any architecture: what its metadata does not say is nil, with a note.
  package init(_ file: GGUFFile) {
    let path = file.files.first?.path
    let stem = path.map(Self.stem) ?? "model"
    let architecture = file.architecture
    let keys = ArchitectureKeys(architecture: architecture ?? "", metadata: file.metadata)
    let shape = Hyperparameters(keys, file: file)
    let parameters = Self.sum(file.tensors.map(\.valueCount))
    self.init(
      name: Self.shortened(file.metadata["general.name"]?.string ?? stem), origin: .file, source: path ?? "memory",
      architecture: architecture.map(Self.shortened), parameterCount: parameters,
      parameterSource: "the values of all \(file.tensors.count) tensors of the file, counted", hyperparameters: shape)
    fileFormat = .gguf
    storage = file.files.count > 1 ? .parts : .file
    license = (file.metadata["general.license"]?.string).map(Self.shortened)
    kind = ModelKind(file.metadata, architecture: architecture)
    family = FamilyName.name(architecture: architecture, basename: file.metadata["general.basename"]?.string)
    modalities = kind == .visionLanguage ? [.text, .image] : [.text]
    fileBytes = file.fileBytes
    fileCount = file.files.count
    weightBytes = Self.sum(file.tensors.map(\.byteCount))
    summarizeFormats(file.tensors)
    fileType = file.metadata["general.file_type"]?.integer.flatMap(FileTypeName.name)
    tokenizer = TokenizerDescription(file.metadata)
    if let embedding = file.tensor(named: "token_embd.weight") {
      lookupOnlyBytes = shape.tiedOutput == false ? embedding.byteCount : 0
    }
    isMixtureOfExperts = (shape.expertCount ?? 0) > 1
    activeParameterCount = Self.activeParameters(file.tensors, shape, all: parameters)
    switch kind {
    case .projector: describeProjector(file)
    case .adapter: describeAdapter(file)
    default:
      describeLayers(keys, shape)
      addNotes(file, shape)
    }
    addFileNotes(file)
  }

  private mutating func describeAdapter(_ file: GGUFFile) {
    let adapter = AdapterDescription(file)
    self.adapter = adapter
    cacheLayers = []
    notes.append(
      "This is an adapter (LoRA)\(adapter.baseModel.map { " of \($0)" } ?? ""); it is used beside that model: "
        + "llama-cli -m MODEL --lora FILE.")
  }

  /// Text from a file as people can read it, however long it is there.
  static func shortened(_ text: String) -> String {
    text.utf8.count > 200 ? String(decoding: text.utf8.prefix(200), as: UTF8.self) + "..." : text
  }

  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let whole = SplitName(path: name)?.stem ?? name
    return whole.hasSuffix(".gguf") ? String(whole.dropLast(5)) : whole
  }

  static func sum(_ numbers: [Int]) -> Int? {
    var total = 0
    for number in numbers {
      let (next, overflow) = total.addingReportingOverflow(number)
      if overflow { return nil }
      total = next
    }
    return total
  }

  private mutating func summarizeFormats(_ tensors: [TensorDescription]) {
    var totals: [TensorFormat: FormatSummary] = [:]
    for tensor in tensors {
      let before = totals[tensor.format]
      totals[tensor.format] = FormatSummary(
        format: tensor.format.name, tensors: (before?.tensors ?? 0) + 1,
        parameters: (before?.parameters ?? 0) &+ tensor.valueCount, bytes: (before?.bytes ?? 0) &+ tensor.byteCount)
    }
    formats = totals.values.sorted { ($0.bytes, $1.format) > ($1.bytes, $0.format) }
    dominantFormat = formats.max { $0.parameters < $1.parameters }?.format
    var widths: [Int: MatrixWidth] = [:]
    for tensor in tensors where tensor.rows > 1 {
      widths[tensor.columns, default: MatrixWidth(columns: tensor.columns, tensors: 0, parameters: 0)].add(tensor)
    }
    matrixWidths = Array(
      widths.values.sorted { ($0.parameters, $1.columns) > ($1.parameters, $0.columns) }.prefix(64))
  }

  /// All parameters, with those of the experts (`ffn_*_exps`) counted only for the experts that a token uses.
  ///
  /// Layers that only predict further tokens are left out: nothing is gained by them for the one token.
  private static func activeParameters(_ tensors: [TensorDescription], _ shape: Hyperparameters, all: Int?) -> Int? {
    guard let all else { return nil }
    var tensors = tensors[...]
    var used = all
    if let blocks = shape.blockCount, let predicting = shape.predictionLayerCount, predicting < blocks {
      let prefixes = (max(0, blocks - min(predicting, 64))..<blocks).map { "blk.\($0)." }
      tensors = tensors.filter { tensor in !prefixes.contains { tensor.name.hasPrefix($0) } }[...]
      used = sum(tensors.map(\.valueCount)) ?? all
    }
    guard let count = shape.expertCount, count > 1 else { return used }
    guard let chosen = shape.expertUsedCount, chosen <= count else { return nil }
    let experts = sum(tensors.filter { $0.name.contains("_exps.") }.map(\.valueCount)) ?? 0
    return experts > 0 ? used - experts + experts / count * chosen : nil
  }

  mutating func describeLayers(_ keys: ArchitectureKeys, _ shape: Hyperparameters) {
    guard let plan = LayerPlan(keys, shape) else {
      recurrentStateBytes = nil
      return
    }
    cacheLayers = plan.groups
    usesSlidingWindow = plan.groups.contains { $0.growth == .window }
    hasRecurrentLayers = plan.recurrentLayers > 0
    recurrentStateBytes = RecurrentState.bytes(keys, shape, layers: plan.recurrentLayers)
    notes += plan.notes
    if shape.latentRank != nil {
      attention = .latent
    } else if plan.recurrentLayers > 0, plan.groups.isEmpty {
      attention = .recurrent
    } else if let heads = shape.headCount?.max(), let shared = shape.headCountKV?.max() {
      attention = AttentionKind(heads: heads, headsKV: shared)
    }
  }

  private mutating func addFileNotes(_ file: GGUFFile) {
    if file.byteOrder == .big {
      notes.append(
        "The file is big-endian: it was read, but its tensors cannot be used on this machine. Convert it with "
          + "gguf-convert-endian of the gguf package.")
    }
    if file.tensors.isEmpty { notes.append("The file has no tensors: it holds a tokenizer or settings only.") }
  }

  private mutating func addNotes(_ file: GGUFFile, _ shape: Hyperparameters) {
    guard let architecture else {
      notes.append("'general.architecture' is missing: nothing about the shape of the model can be read.")
      return
    }
    if kind == .visionLanguage {
      notes.append(Self.needsProjector)
    }
    let missing: [(String, Bool)] = [
      ("block_count", shape.blockCount == nil), ("context_length", shape.contextTokens == nil),
      ("embedding_length", shape.embeddingLength == nil),
      ("attention.head_count", shape.headCount == nil && attention != .recurrent),
    ]
    for (suffix, isMissing) in missing where isMissing {
      notes.append("'\(architecture).\(suffix)' is missing: what depends on it is not known.")
    }
    if hasRecurrentLayers, recurrentStateBytes == nil {
      notes.append("The size of the recurrent state cannot be worked out from this file's metadata.")
    }
  }
}

extension AttentionKind {
  /// The kind of a layer with these head counts.
  package init(heads: Int, headsKV: Int) {
    self = headsKV >= heads ? .multiHead : headsKV == 1 ? .multiQuery : .groupedQuery
  }
}
