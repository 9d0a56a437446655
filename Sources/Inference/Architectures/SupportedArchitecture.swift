package import Kernels

/// A model architecture that the transformer runs exactly: how it differs from plain Llama, as one value.
///
/// A new architecture is one file beside this one, with such a value, and one line in `all`. What a model file states (sizes,
/// scales, windows, biases that may be there or not) is read from it; only what the architecture itself fixes is here.
package struct SupportedArchitecture: Hashable, Sendable {
  /// The value of `general.architecture` in GGUF files.
  package let name: String
  package let ropeOrder: RotaryOrder
  /// Where a block's input or output is normalized.
  var norms: NormPlacement = .before
  /// How queries and keys are normalized before they are rotated.
  var headNorm: HeadNorm = .none
  /// The biases that all of its files have; others are applied where a file has them.
  var biases: Set<BiasPlace> = []
  var activation: Activation = .silu
  var experts: ExpertUse = .never
  /// Whether embeddings are multiplied with the root of the hidden size.
  var scalesEmbeddings = false
  /// Whether files state scales for embeddings, residuals, attention scores and logits.
  var statesScales = false
  /// Attention scores are `cap * tanh(score / cap)`, unless the file says otherwise; 0 for no cap.
  var attentionSoftCap: Float = 0
  /// The same for the logits.
  var logitSoftCap: Float = 0
  /// Of so many consecutive layers the last sees everything when the file states a window; 1 when none uses it, 0 when all do.
  var windowPeriod = 1
  /// How the layers with a window are rotated.
  var windowRope: WindowRope = .same
  /// Every layer whose number is a multiple of this, from 1, is not rotated.
  var unrotatedPeriod: Int?
  /// Whether each head has a logit that takes part in the softmax without a value.
  var hasSinks = false
  /// Whether YaRN's ramp begins and ends at whole pairs, as in the paper's code.
  var roundsYarnRamp = true
  /// Models with so many layers scale attention by the hidden size per head instead of the head size.
  var hiddenShareLayers: Int?
  /// Whether layers without key and value heads are short convolutions.
  var hasConvolutions = false
  /// The name of the feed-forward block's norm, or of the norm after attention that takes its place.
  var feedForwardNormName = "ffn_norm"
  /// The name of the norm before the output.
  var outputNormName = "output_norm"

  /// Every architecture that can be run, by name.
  package static let all: [SupportedArchitecture] = [
    Gemma2.architecture,
    Gemma3.architecture,
    GptOss.architecture,
    Granite.architecture,
    LFM2.architecture,
    Llama.architecture,
    Olmo2.architecture,
    Phi3.architecture,
    Qwen2.architecture,
    Qwen3.architecture,
    Qwen3MoE.architecture,
    SmolLM3.architecture,
  ]

  /// The entry of that name, or nil when the architecture is not supported.
  package static func named(_ name: String) -> SupportedArchitecture? {
    all.first { $0.name == name }
  }
}
