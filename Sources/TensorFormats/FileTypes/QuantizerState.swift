/// The counters with which the quantizer tells early layers from late ones, and its choices.
struct QuantizerState {
  let recipe: FileTypeRecipe
  let model: QuantizedModel
  /// Matrices that are treated as value matrices, in the whole model.
  let valueMatrices: Int
  let hasTiedEmbeddings: Bool
  private var valuesSeen = 0
  private var downsSeen = 0
  private var gatesSeen = 0
  private var upsSeen = 0

  init(recipe: FileTypeRecipe, model: QuantizedModel, valueMatrices: Int, hasTiedEmbeddings: Bool) {
    self.recipe = recipe
    self.model = model
    self.valueMatrices = valueMatrices
    self.hasTiedEmbeddings = hasTiedEmbeddings
  }

  /// The format of the next tensor of its role.
  mutating func choice(_ tensor: QuantizedModel.Tensor, _ role: TensorRole) -> FileTypeRecipe.Choice {
    let wanted = wanted(tensor, role)
    return FileTypeRecipe.Choice(format: Self.fitting(wanted, columns: tensor.shape[0]), wanted: wanted)
  }

  /// The format, or the nearest whose blocks the rows fill.
  static func fitting(_ format: TensorFormat, columns: Int) -> TensorFormat {
    guard !columns.isMultiple(of: format.valuesPerBlock) else { return format }
    let smaller: TensorFormat =
      switch format {
      case .iq1_s, .iq1_m, .iq2_xxs, .iq2_xs, .iq2_s, .iq3_xxs, .iq3_s, .iq4_xs: .iq4_nl
      case .q2_k, .q3_k, .tq1_0, .tq2_0: .q4_0
      case .q4_k: .q5_0
      case .q5_k: .q5_1
      case .q6_k: .q8_0
      default: format
      }
    return columns.isMultiple(of: smaller.valuesPerBlock) ? smaller : .f16
  }

  private mutating func wanted(_ tensor: QuantizedModel.Tensor, _ role: TensorRole) -> TensorFormat {
    if role == .output || (hasTiedEmbeddings && role == .embedding) { return output(columns: tensor.shape[0]) }
    if recipe == .mxfp4 { return tensor.shape.count > 2 && tensor.shape[2] > 1 ? .mxfp4 : .q8_0 }
    if role == .embedding { return embedding }
    if recipe.isTiny { return tiny(role) }
    switch role {
    case .value, .queryKeyValue, .keyValueUnpacking:
      defer { valuesSeen += 1 }
      return value
    case .key: return model.experts == 8 ? .q8_0 : query
    case .query: return query
    case .down:
      defer { downsSeen += 1 }
      return down(layer: layer(tensor, seen: downsSeen))
    case .attentionOutput: return attentionOutput
    case .gate:
      defer { gatesSeen += 1 }
      return gateOrUp(layer: layer(tensor, seen: gatesSeen))
    case .up:
      defer { upsSeen += 1 }
      return gateOrUp(layer: layer(tensor, seen: upsSeen))
    default: return recipe.base
    }
  }

  /// The layer of a feed-forward matrix: by name with experts, by counting without.
  private func layer(_ tensor: QuantizedModel.Tensor, seen: Int) -> Int {
    model.experts > 1 ? QuantizerWalk.layer(tensor.name) : seen
  }

  private func output(columns: Int) -> TensorFormat {
    if recipe == .mxfp4 { return .q8_0 }
    guard columns.isMultiple(of: recipe.base.valuesPerBlock) else { return .q8_0 }
    if recipe.isTiny || recipe == .iq3_xxs { return .q5_k }
    return recipe == .q8_0 ? .q8_0 : .q6_k
  }

  private var embedding: TensorFormat {
    switch recipe {
    case .iq2_xxs, .iq2_xs, .iq1_s, .iq1_m: .q2_k
    case .iq2_s, .iq2_m, .iq3_xxs: .iq3_s
    case .tq1_0, .tq2_0: .q4_k
    default: recipe.base
    }
  }

  private mutating func tiny(_ role: TensorRole) -> TensorFormat {
    let sharesHeads = model.headsPerKeyHead >= 4
    switch role {
    case .value, .queryKeyValue, .keyValueUnpacking:
      valuesSeen += 1
      if sharesHeads || model.experts >= 4 { return .q4_k }
      return recipe.isUpperTiny ? .iq3_s : .q2_k
    case .key where model.experts == 8: return .q4_k
    case .down:
      defer { downsSeen += 1 }
      guard downsSeen < model.layers / 8 else { return recipe.base }
      return recipe.isUpperTiny ? .iq3_s : .q2_k
    case .attentionOutput:
      if model.experts == 8 { return .q5_k }
      if recipe == .iq1_s || recipe == .iq1_m { return .iq2_xxs }
      return recipe.isUpperTiny ? .iq3_s : recipe.base
    default: return recipe.base
    }
  }

  /// The first and the last eighth, and every third in between.
  private func needsMoreBits(_ index: Int, of count: Int) -> Bool {
    index < count / 8 || index >= 7 * count / 8 || (index - count / 8) % 3 == 2
  }

  private var value: TensorFormat {
    let sharesHeads = model.headsPerKeyHead >= 4
    var format = recipe.base
    switch recipe {
    case .q2_k: format = sharesHeads ? .q4_k : .q3_k
    case .q2_k_s where sharesHeads: format = .q4_k
    case .iq3_xxs: format = sharesHeads ? .q4_k : .iq3_s
    case .iq3_xs where sharesHeads, .iq3_s where sharesHeads: format = .q4_k
    case .iq3_m: format = .q4_k
    case .q3_k_m: format = valuesSeen < 2 ? .q5_k : .q4_k
    case .q3_k_l: format = .q5_k
    case .iq4_nl where sharesHeads, .iq4_xs where sharesHeads: format = .q5_k
    case .q4_k_m, .q5_k_m: if needsMoreBits(valuesSeen, of: valueMatrices) { format = .q6_k }
    case .q4_k_s where valuesSeen < 4: format = .q5_k
    default: break
    }
    if model.isSeventyBillion, format == .q3_k || format == .q4_k { format = .q5_k }
    return model.experts == 8 ? .q8_0 : format
  }

  private var query: TensorFormat {
    switch recipe {
    case .iq3_xs: .iq3_xxs
    case .iq3_xxs: .iq2_s
    default: recipe.base
    }
  }

  private func down(layer: Int) -> TensorFormat {
    let count = model.layers
    let isFirstEighth = layer < count / 8
    switch recipe {
    case .q2_k: return .q3_k
    case .q2_k_s: return isFirstEighth ? .q4_k : recipe.base
    case .iq3_xxs: return isFirstEighth ? .q4_k : .q3_k
    case .q3_k_m: return layer < count / 16 ? .q5_k : .q4_k
    case .iq3_m:
      let isKept = isFirstEighth || (model.experts == 8 && needsMoreBits(layer, of: count))
      return isKept ? .q4_k : recipe.base
    case .q3_k_l: return .q5_k
    case .q4_k_m, .q5_k_m: return needsMoreBits(layer, of: count) ? .q6_k : recipe.base
    case .iq4_nl, .iq4_xs, .q4_k_s: return isFirstEighth ? .q5_k : recipe.base
    default: return recipe.base
    }
  }

  private var attentionOutput: TensorFormat {
    if model.experts == 8 {
      switch recipe {
      case .q2_k, .iq3_xs, .iq3_xxs, .q3_k_s, .q3_k_m, .iq4_nl, .q4_k_s, .q4_k_m, .iq3_s, .iq3_m, .iq4_xs: return .q5_k
      default: return recipe.base
      }
    }
    switch recipe {
    case .q2_k: return .q3_k
    case .iq3_xxs: return .iq3_s
    case .q3_k_m, .iq3_m: return .q4_k
    case .q3_k_l: return .q5_k
    default: return recipe.base
    }
  }

  private func gateOrUp(layer: Int) -> TensorFormat {
    let eighth = model.layers / 8
    let isMiddle = layer >= eighth && layer < 7 * model.layers / 8
    return recipe == .iq3_xs && isMiddle ? .iq3_xxs : recipe.base
  }
}
