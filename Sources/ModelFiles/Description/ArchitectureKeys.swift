/// The metadata of one architecture: keys are `<architecture>.<suffix>`.
struct ArchitectureKeys {
  let architecture: String
  let metadata: Metadata

  func value(_ suffix: String) -> MetadataValue? { metadata.value(suffix, of: architecture) }
  func integer(_ suffix: String) -> Int? { value(suffix)?.integer }
  /// A finite number; nil when it is missing or is not one.
  func double(_ suffix: String) -> Double? { value(suffix)?.double.flatMap { $0.isFinite ? $0 : nil } }
  func string(_ suffix: String) -> String? { value(suffix)?.string }

  /// A count that must not be negative; nil when it is missing or makes no sense.
  func count(_ suffix: String) -> Int? { integer(suffix).flatMap { $0 >= 0 ? $0 : nil } }

  /// One number for all layers, or one for each; nil when there are more than any model has layers.
  func counts(_ suffix: String) -> [Int]? {
    guard let value = value(suffix), value.array?.count ?? 1 <= LayerPlan.mostLayers else { return nil }
    let list = value.array?.integers() ?? value.integer.map { [$0] }
    guard let list, !list.isEmpty, list.allSatisfy({ $0 >= 0 }) else { return nil }
    return list
  }
}
