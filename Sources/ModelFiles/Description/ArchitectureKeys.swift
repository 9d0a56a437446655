/// The numbers of one architecture, under the names that GGUF files give them without `<architecture>.` before.
///
/// Other formats are translated to these names, so that one set of rules reads them all.
package struct ArchitectureKeys: Sendable {
  /// The value of a key.
  package enum Value: Hashable, Sendable {
    case integer(Int)
    case number(Double)
    case flag(Bool)
    case text(String)
    /// One integer for each layer; flags are 0 and 1.
    case list([Int])
  }

  package let architecture: String
  private let lookup: @Sendable (String) -> Value?

  /// The keys of a GGUF file, read when they are asked for.
  package init(architecture: String, metadata: Metadata) {
    self.architecture = architecture
    lookup = { suffix in metadata.value(suffix, of: architecture).flatMap(Value.init) }
  }

  /// Keys that were translated from another format.
  package init(architecture: String, values: [String: Value]) {
    self.architecture = architecture
    lookup = { values[$0] }
  }

  /// The value of `<architecture>.<suffix>`, or nil.
  package func value(_ suffix: String) -> Value? { lookup(suffix) }
  /// Whether the key is there.
  package func has(_ suffix: String) -> Bool { lookup(suffix) != nil }
  /// The exact integer, or nil.
  package func integer(_ suffix: String) -> Int? {
    if case .integer(let value)? = lookup(suffix) { value } else { nil }
  }
  /// The truth value, or nil.
  package func flag(_ suffix: String) -> Bool? { if case .flag(let value)? = lookup(suffix) { value } else { nil } }
  /// The text, or nil.
  package func string(_ suffix: String) -> String? { if case .text(let value)? = lookup(suffix) { value } else { nil } }

  /// A finite number; nil when it is missing or is not one.
  package func double(_ suffix: String) -> Double? {
    switch lookup(suffix) {
    case .integer(let value): Double(value)
    case .number(let value) where value.isFinite: value
    default: nil
    }
  }

  /// A count that must not be negative; nil when it is missing or makes no sense.
  package func count(_ suffix: String) -> Int? { integer(suffix).flatMap { $0 >= 0 ? $0 : nil } }

  /// A count of at least 1; nil when it is missing, 0 or makes no sense.
  package func positive(_ suffix: String) -> Int? { integer(suffix).flatMap { $0 > 0 ? $0 : nil } }

  /// One number for each layer; nil when it is a single number or missing.
  package func list(_ suffix: String) -> [Int]? {
    if case .list(let values)? = lookup(suffix) { values } else { nil }
  }

  /// One number for all layers, or one for each; nil when there are more than any model has layers.
  package func counts(_ suffix: String) -> [Int]? {
    let list = list(suffix) ?? integer(suffix).map { [$0] }
    guard let list, !list.isEmpty, list.count <= LayerPlan.mostLayers, list.allSatisfy({ $0 >= 0 }) else { return nil }
    return list
  }
}

extension ArchitectureKeys.Value {
  /// The value of a GGUF file; nil for what no key of an architecture is, such as a list longer than any model is deep.
  init?(_ value: MetadataValue) {
    switch value {
    case .unsigned, .signed:
      guard let integer = value.integer else { return nil }
      self = .integer(integer)
    case .floating(let number): self = .number(number)
    case .bool(let flag): self = .flag(flag)
    case .string(let text): self = .text(text)
    case .array(let array):
      guard array.count <= LayerPlan.mostLayers, let values = array.integers() else { return nil }
      self = .list(values)
    }
  }
}
