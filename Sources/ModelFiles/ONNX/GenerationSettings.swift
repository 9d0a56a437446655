import JSON

/// What ONNX Runtime GenAI's `genai_config.json` says about the model in its folder.
///
/// Source of the keys: the configuration reference of ONNX Runtime GenAI 0.10.
struct GenerationSettings {
  static let fileName = "genai_config.json"
  /// Longer than any configuration is.
  static let longest = 1 << 20

  private let model: JSON

  init(_ file: MappedFile) throws(ModelFileError) {
    let json: JSON
    do throws(JSON.ParseError) {
      json = try JSON.parse(file.bytes, limits: JSON.Limits(bytes: Self.longest, depth: 32, values: 50_000))
    } catch {
      throw ModelFileError(
        .malformed, "The configuration cannot be read: \(error.message). Expected one JSON object. Download it again.",
        path: file.path, byteOffset: error.offset)
    }
    guard let model = json["model"], model.object != nil else {
      throw ModelFileError(
        .malformed, "The configuration has no object 'model'. Download it again.", path: file.path, byteOffset: 0)
    }
    self.model = model
  }

  /// The family, such as `phi3`.
  var type: String? { model["type"]?.string.map { String($0.prefix(200)) } }
  var contextTokens: Int? { count(model["context_length"]) }
  var vocabularySize: Int? { count(model["vocab_size"]) }
  /// The file of the language model, below the folder.
  var decoderFile: String? { model["decoder"]?["filename"]?.string }
  var headLength: Int? { count(model["decoder"]?["head_size"]) }
  var hiddenSize: Int? { count(model["decoder"]?["hidden_size"]) }
  var headCount: Int? { count(model["decoder"]?["num_attention_heads"]) }
  var headCountKV: Int? { count(model["decoder"]?["num_key_value_heads"]) }
  var layerCount: Int? { count(model["decoder"]?["num_hidden_layers"]) }
  var windowTokens: Int? { count(model["decoder"]?["sliding_window"]?["window_size"]) }
  var hasVision: Bool { model["vision"]?.object != nil }
  var hasSpeech: Bool { model["speech"]?.object != nil }
  var hasEncoder: Bool { model["encoder"]?.object != nil }
  /// The files of the other parts, below the folder.
  var otherFiles: [(role: ModelComponent.Role, name: String)] {
    [("vision", ModelComponent.Role.visionEncoder), ("speech", .audioEncoder), ("embedding", .languageModel)].compactMap
    {
      part, role in model[part]?["filename"]?.string.map { (role, $0) }
    }
  }

  private func count(_ value: JSON?) -> Int? {
    value?.integer.flatMap { $0 > 0 && $0 < 1 << 31 ? $0 : nil }
  }
}

extension ModelDescription {
  /// Fills in what `genai_config.json` in the folder says; there need not be one.
  mutating func addGenerationSettings(folder: String) throws(ModelFileError) {
    let file: MappedFile
    do throws(ModelFileError) {
      file = try MappedFile.open(path: folder + "/" + GenerationSettings.fileName)
    } catch {
      if error.kind == .notFound { return }
      throw error
    }
    let settings = try GenerationSettings(file)
    architecture = architecture ?? settings.type
    hyperparameters.contextTokens = settings.contextTokens ?? hyperparameters.contextTokens
    hyperparameters.vocabularySize = hyperparameters.vocabularySize ?? settings.vocabularySize
    hyperparameters.embeddingLength = hyperparameters.embeddingLength ?? settings.hiddenSize
    hyperparameters.headCount = hyperparameters.headCount ?? settings.headCount.map { [$0] }
    hyperparameters.headCountKV = hyperparameters.headCountKV ?? settings.headCountKV.map { [$0] }
    hyperparameters.keyLength = hyperparameters.keyLength ?? settings.headLength
    hyperparameters.valueLength = hyperparameters.valueLength ?? settings.headLength
    hyperparameters.blockCount = hyperparameters.blockCount ?? settings.layerCount
    hyperparameters.slidingWindowTokens = hyperparameters.slidingWindowTokens ?? settings.windowTokens
    if let heads = settings.headCount, let shared = settings.headCountKV {
      attention = attention ?? AttentionKind(heads: heads, headsKV: shared)
      if cacheLayers == nil, let layers = settings.layerCount, let length = settings.headLength,
        let values = [shared, length].checkedProduct
      {
        cacheLayers = [CacheLayers(growth: .full, layerCount: layers, keyValues: values, valueValues: values)]
        recurrentStateBytes = 0
      }
    }
    if kind == .unknown {
      kind =
        settings.hasVision
        ? .visionLanguage : settings.hasSpeech ? .audioLanguage : settings.hasEncoder ? .encoderDecoder : .language
      if settings.type == "whisper" { kind = .speech }
      modalities = [.text] + (settings.hasVision ? [.image] : []) + (settings.hasSpeech ? [.audio] : [])
    }
  }
}
