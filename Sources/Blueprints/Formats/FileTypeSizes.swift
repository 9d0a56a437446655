package import TensorFormats

/// The bytes that the tensors of a model take in each file type.
package struct FileTypeSizes: Sendable {
  private let walk: QuantizerWalk

  package init(_ blueprint: Blueprint) { walk = QuantizerWalk(blueprint.quantized) }

  /// How many tensors there are.
  package var tensorCount: Int { walk.tensors.count }

  /// The bytes of all tensors without padding, those of `Blueprint.layout`; nil when a tensor cannot be stored, or passes any
  /// file's size.
  package func weightBytes(_ type: FileTypeRecipe) -> Int? {
    var total = 0
    for (tensor, choice) in zip(walk.tensors, type.choices(along: walk)) {
      guard let bytes = tensor.byteCount(choice.format) else { return nil }
      total += bytes
      guard total < 1 << 56 else { return nil }
    }
    return total
  }
}
