/// What safetensors files say of how their tensors are packed, as Ollama writes it into their metadata.
///
/// `quant_type` and `group_size` are for the whole file; `<tensor>.quant_type` and `<tensor>.group_size` for one tensor. A
/// tensor is packed when `<tensor>.scale` lies beside it. Source: ollama/ollama@fb307609 `x/create/quantize.go` and
/// `x/mlxrunner/model/root.go`.
struct StoredPacking: Sendable {
  /// The type of each packed tensor, such as `int4`.
  private(set) var types: [String: String] = [:]
  /// How many values of a packed tensor share a scale.
  private(set) var groupSizes: [String: Int] = [:]

  /// The bits and the usual group of a type.
  ///
  /// Source: ollama/ollama@fb307609 `x/quant/quant.go`.
  private static let kinds: [String: (bits: Int, groupSize: Int)] = [
    "int4": (4, 64), "int8": (8, 64), "mxfp4": (4, 32), "mxfp8": (8, 32), "nvfp4": (4, 16),
  ]

  mutating func add(_ file: SafetensorsFile, prefix: String) {
    guard file.metadata.keys.contains(where: { $0.hasSuffix("quant_type") }) else { return }
    let names = Set(file.tensors.map(\.name))
    for name in names where names.contains(name + ".scale") {
      guard let word = file.metadata[name + ".quant_type"] ?? file.metadata["quant_type"] else { continue }
      let type = String(word.lowercased().prefix(40))
      let group = (file.metadata[name + ".group_size"] ?? file.metadata["group_size"]).flatMap { Int($0) }
      types[prefix + name] = type
      let isSize = group.map { (1...1 << 24).contains($0) } ?? false
      groupSizes[prefix + name] = isSize ? group : Self.kinds[type]?.groupSize
    }
  }

  /// The scheme of the type that most tensors have; nil when none is packed.
  var scheme: QuantizationScheme? {
    var counts: [String: Int] = [:]
    for type in types.values { counts[type, default: 0] += 1 }
    guard let main = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key else { return nil }
    var scheme = QuantizationScheme(method: "mlx")
    scheme.bits = Self.kinds[main]?.bits
    scheme.weightType = main
    let groups = Set(types.filter { $0.value == main }.keys.compactMap { groupSizes[$0] })
    scheme.groupSize = groups.count == 1 ? groups.first : nil
    scheme.isSymmetric = !main.hasPrefix("int")
    scheme.overrideCount = types.count - (counts[main] ?? 0)
    return scheme
  }
}
