extension TransformerShape {
  /// What mixes tokens in a layer.
  func mixer(of layer: Int) -> LayerMixer { convolutionLayers.contains(layer) ? .convolution : .attention }

  /// How many tokens back a layer sees, its own included; nil for all.
  func window(of layer: Int) -> Int? {
    guard let windowTokens else { return nil }
    let isWindowed =
      if windowedLayers.indices.contains(layer) {
        windowedLayers[layer]
      } else {
        windowPeriod == 0 || layer % windowPeriod < windowPeriod - 1
      }
    return isWindowed ? windowTokens : nil
  }

  /// The rotation of a layer's queries and keys; nil for none.
  func rotation(of layer: Int) -> LayerRotation? {
    if let period = traits.unrotatedPeriod, (layer + 1) % period == 0 { return nil }
    return hasWindowRotation && window(of: layer) != nil ? .window : .full
  }

  /// Whether layers with a window are rotated in another way than the others.
  var hasWindowRotation: Bool { windowTokens != nil && (traits.windowRope != .same || windowRopeBase != nil) }

  /// The number of rotations that a position has: one or two.
  var rotations: Int { hasWindowRotation ? 2 : 1 }
}
