/// What a matrix does, as far as the quantizer tells matrices apart: by parts of their names.
enum TensorRole: Hashable, Sendable {
  case embedding
  case output
  case queryKeyValue
  /// The unpacked keys and values of latent attention.
  case keyValueUnpacking
  case query
  case key
  case value
  case attentionOutput
  case up
  case gate
  case down
  case other

  init(_ name: String) {
    self =
      switch name {
      case "output.weight": .output
      case "token_embd.weight", "per_layer_token_embd.weight": .embedding
      default: Self.parts.first { name.hasPart($0.0) }?.1 ?? .other
      }
  }

  private static let parts: [(String, TensorRole)] = [
    ("attn_qkv.weight", .queryKeyValue), ("attn_kv_b.weight", .keyValueUnpacking), ("attn_v.weight", .value),
    ("attn_k.weight", .key), ("attn_q.weight", .query), ("attn_output.weight", .attentionOutput), ("ffn_up", .up),
    ("ffn_gate", .gate), ("ffn_down", .down),
  ]

  /// Whether the quantizer treats it as a value matrix.
  var isValueLike: Bool { self == .value || self == .queryKeyValue || self == .keyValueUnpacking }

  /// Parts of names whose tensors keep the format of the converted file.
  private static let kept = [
    "_norm.weight", "ffn_gate_inp.weight", "altup", "laurel", "per_layer_model_proj", "ssm_conv1d",
    "shortconv.conv.weight", "indexer.k_proj.weight", "indexer.q_proj.weight", "attn_rel_b.weight",
  ]
  /// Parts of names whose tensors the converter stores in F32.
  private static let alwaysF32 = [
    "_norm.weight", "ffn_gate_inp.weight", "ssm_conv1d", "shortconv.conv.weight", "altup_correct_coef",
    "altup_predict_coef",
  ]

  /// Whether a tensor is quantized at all.
  static func isQuantized(_ tensor: QuantizedModel.Tensor) -> Bool {
    dimensions(tensor) >= 2 && tensor.name.hasSuffix("weight") && !kept.contains { tensor.name.hasPart($0) }
  }

  /// Whether the converter stores a tensor in F32 whatever the format of the others.
  static func isAlwaysF32(_ tensor: QuantizedModel.Tensor) -> Bool {
    dimensions(tensor) < 2 || !tensor.name.hasSuffix(".weight") || alwaysF32.contains { tensor.name.hasPart($0) }
  }

  /// Dimensions as ggml counts them: up to the last that is not 1.
  private static func dimensions(_ tensor: QuantizedModel.Tensor) -> Int {
    max(1, (tensor.shape.lastIndex { $0 > 1 } ?? 0) + 1)
  }
}
