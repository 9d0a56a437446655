package import TensorFormats

/// Where a model's weights came from.
package enum ModelOrigin: Hashable, Sendable {
  /// A file, mapped without copying.
  case file(path: String?)
  /// Made here, with the shape of a model and weights that mean nothing.
  case synthetic(SyntheticOrigin)
}

/// How synthetic weights were made.
package struct SyntheticOrigin: Hashable, Sendable {
  package let recipe: FileTypeRecipe
  package let seed: UInt64
  /// Bytes of memory that the weights really take.
  package let residentBytes: Int
  /// Layers that reuse the memory of earlier ones, because all would not fit the working set.
  package let repeatedLayers: Int
  /// How the shape differs from the model whose name it has; nil when it does not.
  package let standInNote: String?
}
