import JSON

extension QuantizationScheme {
  /// The file that NVIDIA's Model Optimizer writes beside `config.json`.
  static let modelOptFile = "hf_quant_config.json"

  /// Reads an `hf_quant_config.json`; nil when it says that no weights are quantized.
  ///
  /// Source of the fields: `get_quant_config` and `process_layer_quant_config` in NVIDIA/Model-Optimizer
  /// `modelopt/torch/export/quant_utils.py`, and `convert_hf_quant_config_format` for the later, flat form.
  init?(modelOpt file: Configuration) throws(ModelFileError) {
    let config = try Self.modelOptObject(file)
    // Loaders take the producer for the method, as llama.cpp's converter does.
    let producer = file.nested("producer")?.text("name")?.lowercased()
    self.init(method: config.text("quant_method") ?? file.text("quant_method") ?? producer ?? "modelopt")
    try readModelOpt(config)
    if algorithms.isEmpty { return nil }
  }

  /// Reads the object that holds `quant_algo`: `quantization` of the file, or `quantization_config` of `config.json`.
  mutating func readModelOpt(_ config: Configuration) throws(ModelFileError) {
    let layers = config.nested("quantized_layers")?.object.members ?? []
    var names = Set(layers.prefix(100_000).compactMap { $0.value["quant_algo"]?.string.map(Self.algorithm) })
    let main = try Self.modelOptText("quant_algo", of: config).map(Self.algorithm)
    // The word for a mixture says nothing once the layers have named theirs.
    if let main, main != Self.mixture || names.isEmpty { names.insert(main) }
    algorithms = Array(names.sorted().prefix(Self.mostShown))
    overrideCount = layers.count
    cacheType = try Self.modelOptText("kv_cache_quant_algo", of: config) ?? Self.cacheScheme(config)
    exclude(config, config.has("exclude_modules") ? "exclude_modules" : "ignore")
    guard algorithms.count == 1, let kind = algorithms.first.flatMap({ Self.modelOptKinds[$0] }) else { return }
    bits = kind.bits
    weightType = kind.type
    activationBits = kind.activationBits
    groupSize = Self.group(config.value("group_size")?.integer) ?? kind.groupSize
    isSymmetric = config.flag("has_zero_point").map { !$0 } ?? true
  }

  /// What to know when the file beside `config.json` says something else; nil when both agree or only one is there.
  func difference(to file: Configuration) throws(ModelFileError) -> String? {
    let other = try QuantizationScheme(modelOpt: file)?.algorithms ?? []
    guard method.hasPrefix("modelopt"), !other.isEmpty, !algorithms.isEmpty, other != algorithms else { return nil }
    return "config.json says that the weights are quantized with \(algorithms.joined(separator: ", ")), but "
      + "\(Self.modelOptFile) says \(other.joined(separator: ", ")); loaders differ in which of the two they follow."
  }

  /// Whether some weights are 4-bit integers, of which ModelOpt puts two into a byte.
  var hasPackedIntegers: Bool { algorithms.contains("W4A16_AWQ") || algorithms.contains("W4A8_AWQ") }

  private static let mixture = "MIXED_PRECISION"

  /// Some releases write names in small letters.
  private static func algorithm(_ name: String) -> String { String(name.uppercased().prefix(60)) }

  private static func modelOptObject(_ file: Configuration) throws(ModelFileError) -> Configuration {
    guard let value = file.value("quantization") else { return file }
    guard let object = file.nested("quantization") else {
      throw ModelFileError(
        .malformed,
        "'quantization' must be an object, not \(Configuration.shown(value)). Download the file again.", path: file.path
      )
    }
    return object
  }

  private static func modelOptText(_ key: String, of config: Configuration) throws(ModelFileError) -> String? {
    guard let value = config.value(key) else { return nil }
    guard let text = value.string, !text.isEmpty else {
      throw ModelFileError(
        .malformed,
        "'\(config.prefix)\(key)' must be the name of an algorithm, such as \"FP8\", not \(Configuration.shown(value)). "
          + "Download the file again.", path: config.path)
    }
    return String(text.prefix(60))
  }

  /// The later form describes the cache as compressed-tensors does, or names its algorithm.
  private static func cacheScheme(_ config: Configuration) -> String? {
    if let name = config.text("kv_cache_scheme") { return String(name.prefix(60)) }
    guard let scheme = config.nested("kv_cache_scheme"), let bits = bits(scheme.value("num_bits")?.integer) else {
      return nil
    }
    return (scheme.text("type") == "float" ? "FP" : "INT") + "\(bits)"
  }
}

extension QuantizationScheme {
  /// The weights and activations of one algorithm of ModelOpt.
  private struct ModelOptKind {
    var bits: Int
    var type: String
    var groupSize: Int?
    var activationBits: Int?
  }

  /// By algorithm; block sizes are those of the number formats themselves.
  ///
  /// Source: `_quant_algo_to_group_config` of NVIDIA/Model-Optimizer `modelopt/torch/export/convert_hf_config.py`, and
  /// `to_quantized_weight` of `quant_utils.py` for the types.
  private static let modelOptKinds: [String: ModelOptKind] = [
    "FP8": ModelOptKind(bits: 8, type: "fp8 e4m3", activationBits: 8),
    "FP8_PB_WO": ModelOptKind(bits: 8, type: "fp8 e4m3"),
    "FP8_PER_CHANNEL_PER_TOKEN": ModelOptKind(bits: 8, type: "fp8 e4m3", activationBits: 8),
    "MXFP4": ModelOptKind(bits: 4, type: "mxfp4", groupSize: 32),
    "MXFP8": ModelOptKind(bits: 8, type: "mxfp8", groupSize: 32, activationBits: 8),
    "NVFP4": ModelOptKind(bits: 4, type: "nvfp4", groupSize: 16, activationBits: 4),
    "NVFP4_AWQ": ModelOptKind(bits: 4, type: "nvfp4", groupSize: 16),
    "NVFP4_SVD": ModelOptKind(bits: 4, type: "nvfp4", groupSize: 16, activationBits: 4),
    "W4A16_AWQ": ModelOptKind(bits: 4, type: "int4"),
    "W4A16_NVFP4": ModelOptKind(bits: 4, type: "nvfp4", groupSize: 16),
    "W4A8_AWQ": ModelOptKind(bits: 4, type: "int4", activationBits: 8),
    "W4A8_MXFP4_FP8": ModelOptKind(bits: 4, type: "mxfp4", groupSize: 32, activationBits: 8),
    "W4A8_NVFP4_FP8": ModelOptKind(bits: 4, type: "nvfp4", groupSize: 16, activationBits: 8),
    "W8A16": ModelOptKind(bits: 8, type: "int8"),
    "W8A8_SQ_PER_CHANNEL": ModelOptKind(bits: 8, type: "int8", activationBits: 8),
  ]
}
