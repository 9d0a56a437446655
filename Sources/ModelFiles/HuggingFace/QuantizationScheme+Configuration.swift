import JSON

extension QuantizationScheme {
  /// More modules than an answer shows.
  static let mostShown = 32

  /// Reads `quantization_config` (or MLX's `quantization`) of a `config.json`, or the `hf_quant_config.json` beside it;
  /// nil when there is none.
  ///
  /// Source of the fields: `transformers/utils/quantization_config.py`, compressed-tensors' `quant_config.py`, and
  /// `mlx_lm/utils.py`, which writes the same object under both names, without `quant_method`.
  init?(_ root: Configuration, text: Configuration, modelOpt: Configuration? = nil) throws(ModelFileError) {
    let config =
      root.nested("quantization_config") ?? text.nested("quantization_config")
      ?? root.nested("compression_config")
    let mlx = root.nested("quantization")
    if let config, let method = config.text("quant_method") {
      self.init(method: method)
      try read(config)
    } else if let mlx = mlx ?? config, mlx.has("group_size") || mlx.has("mode") {
      self.init(method: "mlx")
      readMLX(mlx)
    } else if let modelOpt {
      guard let scheme = try QuantizationScheme(modelOpt: modelOpt) else { return nil }
      self = scheme
    } else if let config {
      self.init(method: config.text("quant_algo", "quantization") ?? "unknown")
    } else {
      return nil
    }
  }

  private mutating func read(_ config: Configuration) throws(ModelFileError) {
    switch method {
    case _ where method.hasPrefix("modelopt"): try readModelOpt(config)
    case "compressed-tensors": readCompressedTensors(config)
    case "bitsandbytes":
      let isFour = config.flag("load_in_4bit", "_load_in_4bit") == true
      bits = isFour ? 4 : 8
      weightType = isFour ? config.text("bnb_4bit_quant_type") ?? "fp4" : "int8"
      groupSize = isFour ? 64 : nil
      isSymmetric = true
      exclude(config, "llm_int8_skip_modules")
    case "fp8", "fbgemm_fp8":
      bits = 8
      weightType = "fp8 \(config.text("fmt") ?? "e4m3")"
      if let block = config.value("weight_block_size")?.array?.last?.integer { groupSize = Self.group(block) }
      activationBits = config.text("activation_scheme") == nil ? nil : 8
      exclude(config, "modules_to_not_convert")
    case "mxfp4":
      bits = 4
      weightType = "mxfp4"
      groupSize = 32
      exclude(config, "modules_to_not_convert")
    default:
      bits = Self.bits(
        config.value("bits")?.integer ?? config.value("w_bit")?.integer ?? config.value("nbits")?.integer)
      groupSize = Self.group(config.value("group_size")?.integer ?? config.value("q_group_size")?.integer)
      isSymmetric = config.flag("sym") ?? config.flag("zero_point", "asym").map { !$0 }
      weightType = bits.map { "int\($0)" }
      exclude(config, "modules_to_not_convert")
      overrideCount = config.nested("dynamic")?.object.members.count ?? 0
    }
  }

  private mutating func readCompressedTensors(_ config: Configuration) {
    let groups = config.nested("config_groups")
    let names = groups?.object.members.map(\.key) ?? []
    overrideCount = max(0, names.count - 1)
    exclude(config, "ignore")
    guard let weights = names.first.flatMap({ groups?.nested($0)?.nested("weights") }) else { return }
    bits = Self.bits(weights.value("num_bits")?.integer)
    groupSize = Self.group(weights.value("group_size")?.integer)
    isSymmetric = weights.flag("symmetric")
    weightType = bits.map { (weights.text("type") == "float" ? "fp" : "int") + "\($0)" }
    let activations = names.first.flatMap { groups?.nested($0)?.nested("input_activations") }
    activationBits = Self.bits(activations?.value("num_bits")?.integer)
  }

  private mutating func readMLX(_ config: Configuration) {
    bits = Self.bits(config.value("bits")?.integer)
    groupSize = Self.group(config.value("group_size")?.integer)
    isSymmetric = config.text("mode").map { $0 != "affine" } ?? false
    weightType = config.text("mode").flatMap { $0 == "affine" ? nil : $0 } ?? bits.map { "int\($0)" }
    let members = config.object.members
    overrideCount = members.count { $0.value.object != nil }
    excludedModules = members.filter { $0.value.bool == false }.prefix(Self.mostShown).map {
      String($0.key.prefix(200))
    }
  }

  mutating func exclude(_ config: Configuration, _ key: String) {
    excludedModules = Array(config.texts(key).prefix(Self.mostShown))
  }

  static func bits(_ value: Int?) -> Int? { value.flatMap { (1...64).contains($0) ? $0 : nil } }
  /// -1 and 0 stand for one scale for a row.
  static func group(_ value: Int?) -> Int? { value.flatMap { (1...1 << 24).contains($0) ? $0 : nil } }

  /// The group size of each module that has its own, for MLX.
  static func groupSizes(_ root: Configuration) -> [String: Int] {
    var sizes: [String: Int] = [:]
    for (name, value) in root.nested("quantization")?.object.members ?? [] {
      if let size = group(value["group_size"]?.integer) { sizes[name] = size }
    }
    return sizes
  }
}
