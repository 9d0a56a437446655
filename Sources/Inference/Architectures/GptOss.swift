import Kernels

/// gpt-oss: experts with biases and a clamped SwiGLU, attention sinks, and a window in every other layer.
///
/// Source: the model's reference code, github.com/openai/gpt-oss, gpt_oss/torch/model.py; its YaRN ramp is not rounded.
enum GptOss {
  static let architecture = SupportedArchitecture(
    name: "gpt-oss", ropeOrder: .halves, biases: [.projection, .attentionOutput, .experts],
    activation: .clampedSwiGLU, experts: .always, windowPeriod: 2, hasSinks: true, roundsYarnRamp: false,
    feedForwardNormName: "post_attention_norm")
}
