extension ModelShape {
  /// More than any model has; what is larger is a mistake, and products of two such numbers do not overflow.
  static let most = 1 << 24
  /// llama.cpp refuses models with more.
  static let mostLayers = 1024

  /// Throws when a number is absurd or missing.
  func check() throws(BlueprintError) {
    try require("layers", layers, 1...Self.mostLayers)
    for (name, value) in [
      ("hiddenSize", hiddenSize), ("heads", heads), ("kvHeads", kvHeads), ("keyLength", keyLength),
      ("valueLength", valueLength), ("vocabularySize", vocabularySize),
    ] { try require(name, value, 1...Self.most) }
    try require("contextTokens", contextTokens, 1...(1 << 31))
    for size in feedForwardSizes { try require("feedForwardSize", size, 0...Self.most) }
    guard heads.isMultiple(of: kvHeads) else {
      throw BlueprintError("\(heads) heads cannot share \(kvHeads) key and value heads: the first must be a multiple.")
    }
    guard let experts else { return }
    try require("experts", experts, 1...4096)
    guard let expertsUsed, let expertFeedForwardSize else {
      throw BlueprintError("A model with experts also needs 'expertsUsed' and 'expertFeedForwardSize'.")
    }
    try require("expertsUsed", expertsUsed, 1...experts)
    try require("expertFeedForwardSize", expertFeedForwardSize, 1...Self.most)
    try require("sharedExpertFeedForwardSize", sharedExpertFeedForwardSize ?? 0, 0...Self.most)
  }

  private func require(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws(BlueprintError) {
    guard range.contains(value) else {
      throw BlueprintError(
        "'\(name)' of the shape is \(value); expected \(range.lowerBound) to \(range.upperBound).")
    }
  }
}
