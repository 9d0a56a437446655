import Inference
import Knowledge
import TensorFormats

/// Bits per weight of file types, to find the one next to another.
enum WeightBits {
  /// Of most matrices of a file type or another framework's format; 16 when there is none of the name.
  static func ofFileType(_ name: String) -> Double {
    guard let recipe = WeightRecipe(name: name) else {
      return TensorFormat(name: name)?.bitsPerValue ?? QuantizationRecord.catalogue.record(name)?.bitsPerWeight ?? 16
    }
    let format = TensorFormat(name: recipe.rawValue) ?? TensorFormat(name: String(recipe.rawValue.dropLast(2)))
    return format?.bitsPerValue ?? 16
  }
}

extension WeightRecipe {
  /// The file type with rates that has the nearest bits.
  static func nearest(bitsPerWeight bits: Double) -> WeightRecipe {
    allCases.min {
      abs(WeightBits.ofFileType($0.rawValue) - bits) < abs(WeightBits.ofFileType($1.rawValue) - bits)
    } ?? .f16
  }
}
