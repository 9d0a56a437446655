/// A numeric format of the key-value cache as one framework offers it.
package struct CacheFormatRecord: FactRecord, Hashable {
  package static let file = FactFile("cacheFormats")
  package static let catalogue = Catalogue(reading: CacheFormatRecord.self)

  /// `framework/name`.
  package let id: String
  package let framework: Framework
  package let name: String
  package let bytesPerValue: Double
  /// Mean Kullback-Leibler divergence in nats of the next token against a 16-bit cache.
  package let klDivergence: Double?
  /// The flags that choose it.
  package let options: String
  package let caution: String?
  package let source: String
}
