package import JSON

/// One named setting of a model file: a metadata pair, a field of a configuration.
package struct StoredSetting: Hashable, Sendable {
  package var key: String
  /// The type as the format names it; for an array, that of its elements followed by `[]`.
  package var type: String
  /// nil for arrays and objects.
  package var value: JSON?
  /// The elements of an array or object.
  package var count: Int?

  package init(key: String, type: String, value: JSON? = nil, count: Int? = nil) {
    self.key = key
    self.type = type
    self.value = value
    self.count = count
  }
}
