extension TransformerShape {
  /// How many tokens back each layer with attention sees; nil for all of them.
  package var attentionWindows: [Int?] { (0..<layers).filter { mixer(of: $0) == .attention }.map { window(of: $0) } }
}
