/// Puts the tensors of a quantized model together again: packed values, scales, zero points and orders of one matrix.
///
/// Source of the layouts: GPTQModel and AutoAWQ (`qweight`, `qzeros`, `scales`, `g_idx`), compressed-tensors
/// (`weight_packed`, `weight_scale`, ...), bitsandbytes (`absmax`, `quant_map`, `SCB`), mlx (`scales`, `biases`),
/// Ollama (`scale`, `bias`), NVIDIA ModelOpt (`weight_scale_2`) and gpt-oss (`_blocks`, `_scales`), as these libraries write them.
struct PackedWeights {
  private let tensors: [SafetensorsTensor]
  private let places: [String: Int]
  private let scheme: QuantizationScheme?
  private let groupSizes: [String: Int]
  private var isTaken: [Bool]

  /// The matrices and vectors of `tensors`; `groupSizes` are MLX's own ones of single modules.
  static func matrices(
    _ tensors: [SafetensorsTensor], scheme: QuantizationScheme?, groupSizes: [String: Int] = [:]
  ) -> [WeightMatrix] {
    var weights = PackedWeights(tensors, scheme, groupSizes)
    return weights.group()
  }

  private init(_ tensors: [SafetensorsTensor], _ scheme: QuantizationScheme?, _ groupSizes: [String: Int]) {
    self.tensors = tensors
    self.scheme = scheme
    self.groupSizes = groupSizes
    places = Dictionary(tensors.indices.map { (tensors[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    isTaken = Array(repeating: false, count: tensors.count)
  }

  private mutating func group() -> [WeightMatrix] {
    // Packed ones first, so that their scales are taken before they are met.
    let packed = tensors.indices.compactMap { matrix(at: $0) }
    let plain = tensors.indices.filter { !isTaken[$0] }.map { index in
      let tensor = tensors[index]
      return WeightMatrix(
        name: tensor.name, format: tensor.type.rawValue, parameters: tensor.valueCount, bytes: tensor.byteCount,
        columns: tensor.shape.count > 1 ? tensor.columns : nil)
    }
    return packed + plain
  }

  private mutating func matrix(at index: Int) -> WeightMatrix? {
    let tensor = tensors[index]
    guard !isTaken[index], tensor.valueCount > 0 else { return nil }
    if let stem = tensor.name.without(".qweight") { return integers(tensor, index, stem) }
    if let base = tensor.name.without("_packed") { return compressed(tensor, index, base) }
    if let stem = tensor.name.without("_blocks"), tensor.type == .u8, has(stem + "_scales") {
      return take(tensor, index, stem, "MXFP4", values: 2, columns: nil, with: [stem + "_scales"])
    }
    switch tensor.type {
    case .u32: return mlx(tensor, index)
    case .u8: return bytes(tensor, index)
    case .i8, .f8e4m3, .f8e5m2, .f8e4m3fnuz, .f8e5m2fnuz: return eightBits(tensor, index)
    default: return nil
    }
  }

  /// GPTQ packs along the rows of its transposed matrix, AWQ along the columns.
  private mutating func integers(_ tensor: SafetensorsTensor, _ index: Int, _ stem: String) -> WeightMatrix? {
    guard tensor.shape.count == 2, tensor.type == .i32 || tensor.type == .u32 else { return nil }
    let scales = self.tensor(stem + ".scales")
    let isAWQ =
      scheme?.method == "awq"
      || (scheme?.method != "gptq" && !has(stem + ".g_idx") && scales?.columns != tensor.columns)
    let parts = [".qzeros", ".scales", ".g_idx"].map { stem + $0 }
    if isAWQ {
      let values = scales.flatMap { $0.columns > 0 && tensor.columns > 0 ? $0.columns / tensor.columns : nil }
      let group = scales.flatMap { $0.rows > 0 ? tensor.rows / $0.rows : nil }
      let perWord = values.flatMap { (2...32).contains($0) ? $0 : nil } ?? 8
      return take(
        tensor, index, stem + ".weight", "AWQ int\(32 / perWord)" + Self.suffix(group), values: perWord,
        columns: tensor.rows, with: parts)
    }
    let bits = scheme?.bits ?? 4
    let columns = self.tensor(stem + ".g_idx")?.valueCount ?? tensor.rows * 32 / bits
    let group = scales.flatMap { $0.rows > 0 ? columns / $0.rows : nil }
    guard tensor.rows > 0, columns > 0, columns <= tensor.rows * 32 else { return nil }
    let found = tensor.rows * 32 / columns
    let method = scheme.map { $0.method == "gptq" ? "GPTQ" : $0.method } ?? "GPTQ"
    return take(
      tensor, index, stem + ".weight", "\(method) int\(found)" + Self.suffix(group == columns ? nil : group),
      values: nil,
      columns: columns, with: parts, parameters: columns * tensor.columns)
  }

  private mutating func compressed(_ tensor: SafetensorsTensor, _ index: Int, _ base: String) -> WeightMatrix? {
    let scale = self.tensor(base + "_scale")
    let parts = Self.companions(of: base)
    if tensor.type == .u8 {
      let isMX = scale?.type == .u8 || scale?.type == .f8e8m0
      return take(tensor, index, base, isMX ? "MXFP4" : "NVFP4", values: 2, columns: tensor.columns * 2, with: parts)
    }
    guard tensor.type == .i32, tensor.shape.count >= 2, tensor.columns > 0 else { return nil }
    let declared = scheme?.bits ?? 4
    let fromGroup = scheme?.groupSize.flatMap { group in scale.map { $0.columns * group } }
    let columns =
      fromGroup.flatMap { $0 > tensor.columns && $0 <= tensor.columns * 32 ? $0 : nil }
      ?? tensor.columns * 32 / declared
    let group = scale.flatMap { $0.columns > 1 ? columns / $0.columns : nil }
    return take(
      tensor, index, base, "int\(max(1, tensor.columns * 32 / columns))" + Self.suffix(group) + " (compressed-tensors)",
      values: nil, columns: columns, with: parts, parameters: tensor.rows * columns)
  }

  /// MLX packs along the rows; words are full, also with 3, 5 and 6 bits.
  ///
  /// Ollama names the scales after the tensor.
  private mutating func mlx(_ tensor: SafetensorsTensor, _ index: Int) -> WeightMatrix? {
    let name = tensor.name
    let stem = name.without(".weight") ?? name
    guard let scales = self.tensor(stem + ".scales") ?? self.tensor(name + ".scale"), tensor.columns > 0 else {
      return nil
    }
    let group = groupSizes[name] ?? groupSizes[stem] ?? scheme?.groupSize ?? 64
    let (wide, overflow) = scales.columns.multipliedReportingOverflow(by: group)
    let isRight = !overflow && wide > tensor.columns && wide <= tensor.columns * 32
    let columns = isRight ? wide : tensor.columns * 32 / (scheme?.bits ?? 4)
    guard columns > 0 else { return nil }
    let bits = max(1, tensor.columns * 32 / columns)
    let kind = scales.type == .u8 ? (group == 16 ? "MLX nvfp4" : "MLX mxfp\(bits)") : "MLX \(bits)-bit"
    let parts = [".scales", ".biases"].map { stem + $0 } + [".scale", ".bias", ".global_scale"].map { name + $0 }
    return take(
      tensor, index, name, kind + Self.suffix(group), values: nil, columns: columns, with: parts,
      parameters: tensor.rows * columns)
  }

  /// Bytes hold two 4-bit values: those of bitsandbytes, whose shape is lost, or NVIDIA's, with two levels of scales.
  private mutating func bytes(_ tensor: SafetensorsTensor, _ index: Int) -> WeightMatrix? {
    let name = tensor.name
    if has(name + ".absmax") {
      let kind = has(name + ".quant_state.bitsandbytes__fp4") ? "FP4" : "NF4"
      let parts = [
        ".absmax", ".quant_map", ".nested_absmax", ".nested_quant_map", ".quant_state.bitsandbytes__nf4",
        ".quant_state.bitsandbytes__fp4",
      ].map { name + $0 }
      return take(tensor, index, name, "bitsandbytes \(kind)", values: 2, columns: nil, with: parts)
    }
    guard let scale = self.tensor(name + "_scale") ?? self.tensor(name + "_scale_inv") else { return nil }
    if scale.type.bitsPerValue >= 16, scheme?.hasPackedIntegers == true {
      // ModelOpt puts two rows of 4-bit integers into one, so the columns are as they were.
      let group = scale.columns > 1 ? tensor.columns / scale.columns : nil
      return take(
        tensor, index, name, "int4" + Self.suffix(group) + " (ModelOpt)", values: 2, columns: tensor.columns,
        with: Self.companions(of: name))
    }
    let kind = scale.type.isEightBitFloat ? "NVFP4" : scale.type == .u8 || scale.type == .f8e8m0 ? "MXFP4" : nil
    guard let kind else { return nil }
    return take(
      tensor, index, name, kind, values: 2, columns: tensor.columns * 2, with: Self.companions(of: name))
  }

  private mutating func eightBits(_ tensor: SafetensorsTensor, _ index: Int) -> WeightMatrix? {
    let name = tensor.name
    let stem = name.without(".weight") ?? name
    let columns = tensor.shape.count > 1 ? tensor.columns : nil
    if tensor.type == .i8, has(stem + ".SCB") {
      return take(
        tensor, index, name, "bitsandbytes int8", values: 1, columns: columns,
        with: [stem + ".SCB", stem + ".weight_format"])
    }
    let parts = Self.companions(of: name)
    guard let scale = parts.compactMap({ self.tensor($0) }).first else { return nil }
    let format = tensor.type == .i8 ? "int8" : tensor.type.rawValue.replacing("F8_", with: "FP8 ")
    let isBlocks = scale.shape.count > 1 && scale.columns > 1
    return take(
      tensor, index, name, format + (isBlocks ? " in blocks" : ""), values: 1, columns: columns, with: parts)
  }

  private mutating func take(
    _ tensor: SafetensorsTensor, _ index: Int, _ name: String, _ format: String, values: Int?, columns: Int?,
    with parts: [String], parameters: Int? = nil
  ) -> WeightMatrix {
    isTaken[index] = true
    let count = parameters ?? tensor.valueCount &* (values ?? 1)
    var matrix = WeightMatrix(
      name: name, format: format, parameters: count, bytes: tensor.byteCount, columns: columns)
    for part in parts {
      guard let place = places[part], !isTaken[place] else { continue }
      isTaken[place] = true
      matrix.bytes += tensors[place].byteCount
      matrix.tensors += 1
    }
    return matrix
  }

  private func has(_ name: String) -> Bool { places[name] != nil }
  private func tensor(_ name: String) -> SafetensorsTensor? { places[name].map { tensors[$0] } }

  private static func companions(of base: String) -> [String] {
    let stem = base.without(".weight")
    let own = ["_scale_inv", "_scale", "_scale_2", "_zero_point", "_shape", "_g_idx", "_global_scale"].map { base + $0 }
    let beside = stem.map { stem in
      [".scale", ".input_scale", ".input_global_scale", ".output_scale", ".activation_scale", ".pre_quant_scale"].map {
        stem + $0
      }
    }
    return own + (beside ?? [])
  }

  private static func suffix(_ group: Int?) -> String { group.map { $0 > 1 ? " g\($0)" : "" } ?? "" }
}

extension String {
  /// The text without `suffix`; nil when it does not end in it.
  func without(_ suffix: String) -> String? { hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil }
}
