/// The metadata of one architecture: keys are `<architecture>.<suffix>`.
package struct ArchitectureKeys: Sendable {
  package let architecture: String
  package let metadata: Metadata

  package init(architecture: String, metadata: Metadata) {
    self.architecture = architecture
    self.metadata = metadata
  }

  /// The value of `<architecture>.<suffix>`, or nil.
  package func value(_ suffix: String) -> MetadataValue? { metadata.value(suffix, of: architecture) }
  /// The exact integer, or nil.
  package func integer(_ suffix: String) -> Int? { value(suffix)?.integer }
  /// A finite number; nil when it is missing or is not one.
  package func double(_ suffix: String) -> Double? { value(suffix)?.double.flatMap { $0.isFinite ? $0 : nil } }
  /// The text, or nil.
  package func string(_ suffix: String) -> String? { value(suffix)?.string }

  /// A count that must not be negative; nil when it is missing or makes no sense.
  package func count(_ suffix: String) -> Int? { integer(suffix).flatMap { $0 >= 0 ? $0 : nil } }

  /// One number for all layers, or one for each; nil when there are more than any model has layers.
  package func counts(_ suffix: String) -> [Int]? {
    guard let value = value(suffix), value.array?.count ?? 1 <= LayerPlan.mostLayers else { return nil }
    let list = value.array?.integers() ?? value.integer.map { [$0] }
    guard let list, !list.isEmpty, list.allSatisfy({ $0 >= 0 }) else { return nil }
    return list
  }
}
