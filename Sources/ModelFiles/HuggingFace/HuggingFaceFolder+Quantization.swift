extension HuggingFaceFolder {
  /// How the weights are quantized: as the files say where they do, else as the configuration does.
  func scheme(_ configuration: ModelConfiguration?) throws(ModelFileError) -> QuantizationScheme? {
    if let stored = weights?.packing.scheme { return stored }
    // Ollama unpacks what it does not quantize, and keeps the configuration as it was.
    guard let configuration, !isOfOllama else { return nil }
    return try QuantizationScheme(
      configuration.root, text: configuration.text, modelOpt: try settings(QuantizationScheme.modelOptFile))
  }

  /// The group sizes of tensors, or modules, that have one of their own.
  func groupSizes(_ configuration: ModelConfiguration?) -> [String: Int] {
    let own = weights?.packing.groupSizes ?? [:]
    guard own.isEmpty, let configuration else { return own }
    return QuantizationScheme.groupSizes(configuration.root)
  }

  /// What to know when two files say different things of the quantization; nil when they agree.
  func quantizationNote(_ scheme: QuantizationScheme?) throws(ModelFileError) -> String? {
    guard let scheme, !isOfOllama, let file = try settings(QuantizationScheme.modelOptFile) else { return nil }
    return try scheme.difference(to: file)
  }
}
