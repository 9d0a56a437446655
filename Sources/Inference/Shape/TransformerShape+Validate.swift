import Kernels

extension TransformerShape {
  /// Throws when a dimension is absurd, so that every later product of dimensions fits in an `Int`.
  package func validate() throws(InferenceError) {
    try Self.require("layers", layers, in: 1...1024)
    try Self.require("hidden size", hiddenSize, in: 1...(1 << 17))
    try Self.require("intermediate size", intermediateSize, in: (experts == nil ? 1 : 0)...(1 << 20))
    try Self.require("attention heads", heads, in: 1...4096)
    try Self.require("key and value heads", kvHeads, in: 1...heads)
    try Self.require("head size", headSize, in: 8...KernelSet.attentionHeadSizeMaximum)
    try Self.require(headSize.isMultiple(of: 8), "head size", "a multiple of 8", headSize)
    try Self.require("vocabulary size", vocabularySize, in: 1...(1 << 24))
    try Self.require("context", contextTokens, in: 1...(1 << 28))
    try Self.require("rotated dimensions", ropeDimensions, in: 2...headSize)
    try Self.require(
      heads.isMultiple(of: kvHeads), "key and value heads", "a divisor of the \(heads) attention heads", kvHeads)
    try Self.require(ropeDimensions.isMultiple(of: 2), "rotated dimensions", "an even number", ropeDimensions)
    if let windowTokens { try Self.require("sliding window", windowTokens, in: 1...Int.max) }
    if !convolutionLayers.isEmpty { try Self.require("convolution length", convolutionTokens, in: 2...16) }
    if let experts {
      try Self.require("experts", experts.count, in: 1...4096)
      try Self.require("experts per token", experts.used, in: 1...min(64, experts.count))
      try Self.require("intermediate size of an expert", experts.intermediateSize, in: 1...(1 << 20))
    }
    for base in [ropeBase, windowRopeBase ?? ropeBase] {
      try Self.require(base.isFinite && base > 1, "rope base", "a finite number above 1", base)
    }
    try Self.require(
      rmsEpsilon.isFinite && rmsEpsilon >= 0 && rmsEpsilon < 1, "RMS epsilon", "a number from 0 to 1", rmsEpsilon)
    for (name, scale) in [
      ("embedding scale", embeddingScale), ("residual scale", residualScale), ("attention scale", attentionScale),
      ("logit scale", logitDivisor), ("expert weights scale", experts?.scale ?? 1),
    ] {
      try Self.require(scale.isFinite && scale > 0, name, "a finite number above 0", scale)
    }
    for cap in [attentionSoftCap, logitSoftCap] {
      try Self.require(cap.isFinite && cap >= 0, "soft cap", "a finite number, 0 for none", cap)
    }
    try ropeScaling.validate(pairs: ropeDimensions / 2)
  }

  private static func require(_ name: String, _ value: Int, in range: ClosedRange<Int>) throws(InferenceError) {
    let expected =
      range.upperBound == Int.max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
    try require(range.contains(value), name, expected, value)
  }

  private static func require<Value>(
    _ holds: Bool, _ name: String, _ expected: String, _ found: Value
  ) throws(InferenceError) {
    guard holds else { throw .badHyperparameter(name: name, expected: expected, found: "\(found)") }
  }
}
