/// An operator that reads quantized weights: which of its inputs are the weights, their scales and their zero points.
///
/// Source: the operator documentation of ONNX 1.23 and of ONNX Runtime 1.32 (`com.microsoft`).
struct QuantizedUse: Hashable, Sendable {
  /// The operator with its domain, as `GraphWalker` counts it.
  let name: String
  /// The method as people call it.
  let method: String
  let weight: Int
  let scales: Int?
  let zeroPoints: Int?
  /// Several weights are packed into one value of 8 bits, so that the tensor's own sizes do not count them.
  var isPacked = false
  /// Whether activations are quantized too, and to how many bits.
  var activationBits: Int?
  /// The attributes that hold the bits and the group size.
  var bitsName = "bits"
  var groupName = "block_size"
  /// The bits when the attribute is absent.
  var defaultBits: Int?

  static let all: [QuantizedUse] = [
    QuantizedUse(
      name: "com.microsoft::MatMulNBits", method: "MatMulNBits", weight: 1, scales: 2, zeroPoints: 3, isPacked: true,
      defaultBits: 4),
    QuantizedUse(
      name: "com.microsoft::MatMulBnb4", method: "MatMulBnb4", weight: 1, scales: 2, zeroPoints: nil, isPacked: true,
      defaultBits: 4),
    QuantizedUse(
      name: "com.microsoft::GatherBlockQuantized", method: "GatherBlockQuantized", weight: 0, scales: 2, zeroPoints: 3,
      isPacked: true, defaultBits: 4),
    QuantizedUse(
      name: "com.microsoft::QMoE", method: "QMoE", weight: 2, scales: 3, zeroPoints: 11, isPacked: true,
      bitsName: "expert_weight_bits", defaultBits: 4),
    QuantizedUse(
      name: "com.microsoft::QMoE", method: "QMoE", weight: 5, scales: 6, zeroPoints: 12, isPacked: true,
      bitsName: "expert_weight_bits", defaultBits: 4),
    QuantizedUse(
      name: "com.microsoft::QMoE", method: "QMoE", weight: 8, scales: 9, zeroPoints: 13, isPacked: true,
      bitsName: "expert_weight_bits", defaultBits: 4),
    QuantizedUse(name: "DequantizeLinear", method: "QDQ", weight: 0, scales: 1, zeroPoints: 2),
    QuantizedUse(name: "com.microsoft::DequantizeLinear", method: "QDQ", weight: 0, scales: 1, zeroPoints: 2),
    QuantizedUse(name: "MatMulInteger", method: "dynamic", weight: 1, scales: nil, zeroPoints: 3, activationBits: 8),
    QuantizedUse(name: "ConvInteger", method: "dynamic", weight: 1, scales: nil, zeroPoints: 3, activationBits: 8),
    QuantizedUse(
      name: "com.microsoft::DynamicQuantizeMatMul", method: "dynamic", weight: 1, scales: 2, zeroPoints: 3,
      activationBits: 8),
    QuantizedUse(
      name: "com.microsoft::MatMulIntegerToFloat", method: "dynamic", weight: 1, scales: 3, zeroPoints: 5,
      activationBits: 8),
    QuantizedUse(name: "QLinearMatMul", method: "QOperator", weight: 3, scales: 4, zeroPoints: 5, activationBits: 8),
    QuantizedUse(name: "QLinearConv", method: "QOperator", weight: 3, scales: 4, zeroPoints: 5, activationBits: 8),
    QuantizedUse(
      name: "com.microsoft::QGemm", method: "QOperator", weight: 3, scales: 4, zeroPoints: 5, activationBits: 8),
    QuantizedUse(
      name: "com.microsoft::QAttention", method: "dynamic", weight: 1, scales: 4, zeroPoints: 7, activationBits: 8),
  ]

  static let byName = Dictionary(grouping: all, by: \.name)
}
