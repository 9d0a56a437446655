import Inference
import Knowledge
import TensorFormats

/// Bits per weight of file types, to find the one next to another.
enum WeightBits {
  /// The file type with rates whose matrices have about so many bits per weight.
  static func nearest(_ bits: Double) -> FileTypeRecipe {
    FileTypeRecipe.runnable.min { abs(ofFileType($0.rawValue) - bits) < abs(ofFileType($1.rawValue) - bits) } ?? .f16
  }

  /// Of most matrices of a file type or another framework's format; 16 when there is none of that name.
  static func ofFileType(_ name: String) -> Double {
    (FileTypeRecipe(name: name)?.base ?? TensorFormat(name: name))?.bitsPerValue
      ?? QuantizationRecord.catalogue.record(name)?.bitsPerWeight ?? 16
  }
}
