/// How the weights of a model were quantized, as its configuration says.
package struct QuantizationScheme: Hashable, Sendable, Codable {
  /// The method as its tool writes it: `gptq`, `awq`, `compressed-tensors`, `bitsandbytes`, `fp8`, `modelopt`, `mlx`, ...
  package var method: String
  /// What ModelOpt calls the algorithms that it used, such as `NVFP4`, sorted; several when layers differ.
  package var algorithms: [String] = []
  /// The bits of one weight, scales not included; nil when layers differ or it is not said.
  package var bits: Int?
  /// The weights that share a scale; nil when it is one scale for a row or tensor, or not said.
  package var groupSize: Int?
  /// Whether groups have no zero point; nil when not said.
  package var isSymmetric: Bool?
  /// The numeric type of the weights, such as `int4`, `nf4` or `fp8 e4m3`.
  package var weightType: String?
  /// Bits of the activations when they are quantized too.
  package var activationBits: Int?
  /// The type that the model has scales for in the KV cache, such as `FP8`; nil when it has none.
  package var cacheType: String?
  /// Whether an index tells the group of each column, because groups are not in their order (`g_idx`).
  package var hasGroupIndex: Bool = false
  /// The modules that are left as they were, at most 32.
  package var excludedModules: [String] = []
  /// How many modules have settings of their own.
  package var overrideCount: Int = 0

  package init(method: String) { self.method = method }
}
