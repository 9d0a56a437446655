/// A tensor of a model as it is meant: a packed matrix with its scales and zero points is one.
struct WeightMatrix {
  var name: String
  /// The numeric format, such as `BF16` or `GPTQ int4 g128`.
  var format: String
  var parameters: Int
  /// With everything that belongs to it.
  var bytes: Int
  /// The values of a row; nil for vectors.
  var columns: Int?
  /// The tensors of the file that it is made of.
  var tensors = 1
}
