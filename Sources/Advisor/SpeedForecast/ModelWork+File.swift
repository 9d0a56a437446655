import ModelFiles
import TensorFormats

extension ModelWork {
  /// The work of the model that `file` is the head of, by its tensors: every matrix that a token is multiplied with, whatever the
  /// architecture does between them.
  ///
  /// nil when the head does not tell how tokens see each other, or keys and values are one compressed vector.
  init?(_ file: GGUFFile) {
    let model = ModelDescription(file)
    let shape = model.hyperparameters
    guard let layers = shape.blockCount, let hidden = shape.embeddingLength, let vocabulary = shape.vocabularySize,
      let heads = shape.headCount?.max(), let kvHeads = shape.headCountKV?.max(), let head = shape.keyLength,
      shape.latentRank == nil, let groups = model.cacheLayers, layers > 0, layers <= Self.mostLayers
    else { return nil }
    let hasOutput = file.tensor(named: "output.weight") != nil
    var order: [Part] = []
    var parts: [Part: [Matrix]] = [:]
    for tensor in file.tensors where tensor.shape.count > 1 && tensor.columns > Self.kernelColumns {
      guard let part = Part(tensor, experts: shape, hasOutput: hasOutput) else { continue }
      if parts[part] == nil { order.append(part) }
      parts[part, default: []].append(
        Matrix(
          format: tensor.format, rows: part.experts == nil ? tensor.rows : tensor.shape[1], columns: tensor.columns))
    }
    var kinds: [Alike] = []
    var counts: [Alike: Int] = [:]
    for part in order {
      let alike = Alike(matrices: parts[part] ?? [], experts: part.experts, kind: part.kind)
      if counts[alike] == nil { kinds.append(alike) }
      counts[alike, default: 0] += 1
    }
    phases = kinds.map { Phase(matrices: $0.matrices, count: counts[$0] ?? 0, experts: $0.experts, kind: $0.kind) }
    guard phases.contains(where: { $0.kind == .output }) else { return nil }
    self.layers = layers
    hiddenSize = hidden
    vocabularySize = vocabulary
    self.heads = heads
    self.kvHeads = kvHeads
    headSize = head
    windows = Self.windows(groups, sharing: shape.sharedCacheLayerCount ?? 0)
    // Each of several streams is normalized and mixed on its own.
    let streams = file.metadata.value("altup.num_inputs", of: file.architecture ?? "")?.integer.map { min($0, 16) } ?? 1
    let inner = shape.expertUsedCount.flatMap { used in shape.expertFeedForwardLength.map { used * $0 } }
    valuesPerLayer =
      6 * streams * hidden + 3 * heads * head + 2 * kvHeads * head + 3 * (inner ?? shape.feedForwardLength?.max() ?? 0)
    weightBytes = file.tensors.reduce(0) { $0 + $1.byteCount }
  }

  /// More layers than any model has.
  private static let mostLayers = 4096
  /// Rows no longer than this are kernels of convolutions and coefficients, not matrices.
  private static let kernelColumns = 8

  /// The windows of all layers that attend: those that use an earlier cache are taken to be spread as those before them.
  private static func windows(_ groups: [CacheLayers], sharing: Int) -> [Int?] {
    let own = groups.flatMap { group in [Int?](repeating: group.windowTokens, count: group.layerCount) }
    guard !own.isEmpty, sharing > 0, sharing <= Self.mostLayers else { return own }
    return own + (0..<sharing).map { own[$0 * own.count / sharing] }
  }

  private struct Alike: Hashable {
    let matrices: [Matrix]
    let experts: Experts?
    let kind: Kind
  }

  /// The place of a tensor among the products.
  private struct Part: Hashable {
    let layer: Int
    let kind: Kind
    let experts: Experts?

    /// nil for what rows are only looked up in.
    init?(_ tensor: TensorDescription, experts shape: Hyperparameters, hasOutput: Bool) {
      let name = tensor.name
      if name == "output.weight" || (name == "token_embd.weight" && !hasOutput) {
        (layer, kind, experts) = (-1, .output, nil)
        return
      }
      guard name.hasSuffix(".weight"), !name.contains("token_embd"), !name.contains("_norm"),
        !name.hasPrefix("position_embd"), !name.hasPrefix("rope_f")
      else { return nil }
      layer = QuantizerWalk.layer(name)
      let used = shape.expertUsedCount ?? 0
      let isExperts = name.contains("_exps.") && tensor.shape.count > 2 && used > 0
      experts = isExperts ? Experts(count: tensor.shape[2], used: min(used, tensor.shape[2])) : nil
      let before = ["attn_q", "attn_k", "attn_v", "in_proj", "ssm_in"]
      // What stands before and after the layers is computed for every token, too.
      kind = layer < 0 || before.contains { name.contains($0) } ? .mixerInput : .rest
    }
  }
}
