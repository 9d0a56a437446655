import Inference
import TensorFormats

/// Bits per weight of file types, to find the one next to another.
enum WeightBits {
  /// The file type with rates whose matrices have about so many bits per weight.
  static func nearest(_ bits: Double) -> WeightRecipe {
    WeightRecipe.allCases.min { abs(ofFileType($0.rawValue) - bits) < abs(ofFileType($1.rawValue) - bits) } ?? .f16
  }

  /// Of most matrices of a file type; 16 when no recipe has the name.
  static func ofFileType(_ name: String) -> Double {
    guard let recipe = WeightRecipe(name: name) else { return TensorFormat(name: name)?.bitsPerValue ?? 16 }
    let format = TensorFormat(name: recipe.rawValue) ?? TensorFormat(name: String(recipe.rawValue.dropLast(2)))
    return format?.bitsPerValue ?? 16
  }
}
