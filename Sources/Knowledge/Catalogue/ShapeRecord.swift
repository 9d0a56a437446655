/// What a catalogue model's tensors need beyond its entry: the numbers of recurrent layers, per-layer embeddings and positions.
package struct ShapeRecord: FactRecord, Hashable {
  package static let file = FactFile("shapes")
  package static let catalogue = Catalogue(reading: ShapeRecord.self)

  /// The id of the catalogue model.
  package let id: String
  /// `frequencies` or `longAndShort`, for tensors that stretch positions.
  package let ropeFactors: String?
  /// The leading values of a head that are rotated.
  package let ropeDimensions: Int?
  /// The layers that attend, from 0; the others are recurrent or convolutions.
  package let attentionLayers: [Int]?
  package let convolutionKernel: Int?
  package let recurrentHeads: Int?
  package let recurrentInnerSize: Int?
  package let stateSize: Int?
  package let groups: Int?
  package let leadingDenseLayers: Int?
  /// The width of one layer's own embedding.
  package let perLayerWidth: Int?
  /// Layers at the end that use the cache of earlier ones.
  package let sharedCacheLayers: Int?
  /// The head length of layers with a window.
  package let windowKeyLength: Int?
  /// Of so many consecutive layers the last sees everything.
  package let windowPeriod: Int?
  /// The feed-forward width of each layer, where they differ.
  package let feedForwardSizes: [Int]?
  package let source: String
}
