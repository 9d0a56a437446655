/// An input or output of a graph, or a variable in it.
struct GraphPort: Hashable {
  var name: String
  /// nil when not known.
  var type: ElementType?
  /// The sizes; nil where one is only known when the model runs.
  var sizes: [Int?]

  /// The port in a line, such as `input_ids I64 [?, ?]`.
  var text: String {
    let sizes = sizes.map { $0.map { "\($0)" } ?? "?" }.joined(separator: ", ")
    return "\(name.prefix(200)) \(type?.name ?? "?") [\(sizes)]"
  }

  /// What it carries of a KV cache, such as `past_key_values.3.key`; nil for everything else.
  ///
  /// The names are those that Optimum, ONNX Runtime GenAI's model builder and OpenVINO's exporter give.
  var cached: (layer: Int, isKey: Bool, heads: Int, length: Int)? {
    let lower = name.prefix(200).lowercased()
    guard lower.contains("past"), !lower.contains("encoder"), !lower.contains("cross"), sizes.count == 4 else {
      return nil
    }
    // OpenVINO joins the names of the input and the output to that of the variable.
    let first = lower.split(separator: "present").first ?? lower[...]
    guard let layer = first.split(whereSeparator: { !$0.isNumber }).compactMap({ Int($0) }).first, layer < 4096,
      let heads = sizes[1], let length = sizes[3], heads > 0, heads < 1 << 20, length > 0, length < 1 << 20
    else { return nil }
    let isKey =
      first.contains("key.") || first.hasSuffix("key") || first.contains("past_key_") && !first.contains("value")
    return (layer, isKey, heads, length)
  }
}
