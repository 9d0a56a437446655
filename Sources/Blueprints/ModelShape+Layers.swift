extension ModelShape {
  /// This shape with `count` layers: the first of them, or all of them over and over until there are enough.
  package func withLayers(_ count: Int) -> ModelShape {
    guard count != layers, count > 0 else { return self }
    var shape = self
    shape.layers = count
    if shape.feedForwardSizes.count > 1 { shape.feedForwardSizes = Self.repeated(feedForwardSizes, count) }
    shape.windowLayers = Self.repeated(windowLayers, count)
    shape.attentionLayers = Self.repeated(attentionLayers, count)
    // A model must have at least one layer whose cache is its own.
    shape.sharedCacheLayers = max(0, min(sharedCacheLayers, sharedCacheLayers - (layers - count)))
    shape.leadingDenseLayers = min(leadingDenseLayers, count)
    return shape
  }

  private static func repeated<Value>(_ list: [Value], _ count: Int) -> [Value] {
    list.isEmpty ? [] : (0..<count).map { list[$0 % list.count] }
  }
}
