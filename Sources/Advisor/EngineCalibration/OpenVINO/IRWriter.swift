/// Writes the layers and edges of an OpenVINO model's XML file, and the stretches of the file with its constants.
struct IRWriter {
  /// The output of a layer.
  struct Port: Hashable {
    let layer: Int
    let port: Int
    let element: Element
  }

  /// The types of elements, by the names that attributes have them under.
  enum Element: String {
    case float32 = "f32"
    case float16 = "f16"
    case int64 = "i64"
    case int32 = "i32"
    case int4 = "i4"
    case uint4 = "u4"
    case uint8 = "u8"
    case boolean

    /// The name that ports have it under.
    fileprivate var precision: String {
      switch self {
      case .float32: "FP32"
      case .float16: "FP16"
      case .boolean: "BOOL"
      default: rawValue.uppercased()
      }
    }
  }

  /// Of the constants.
  private(set) var data: [ProbeBytes] = []
  private var dataBytes = 0
  private var layers: [String] = []
  private var edges: [String] = []

  /// Adds a layer of an operator set with one output, and connects its inputs.
  @discardableResult
  mutating func add(
    _ type: String, _ set: Int, _ attributes: KeyValuePairs<String, String> = [:], _ inputs: [Port],
    as element: Element, name: String? = nil, hasOutput: Bool = true
  ) -> Port {
    let id = layers.count
    let title = name ?? "\(type)_\(id)"
    let data = attributes.map { " \($0.key)=\"\($0.value)\"" }.joined()
    var text = "<layer id=\"\(id)\" name=\"\(title)\" type=\"\(type)\" version=\"opset\(set)\">"
    if !data.isEmpty { text += "<data\(data)/>" }
    if !inputs.isEmpty {
      let ports = inputs.indices.map { "<port id=\"\($0)\" precision=\"\(inputs[$0].element.precision)\"/>" }
      text += "<input>\(ports.joined())</input>"
    }
    if hasOutput {
      let names = name.map { " names=\"\($0)\"" } ?? ""
      text += "<output><port id=\"\(inputs.count)\" precision=\"\(element.precision)\"\(names)/></output>"
    }
    layers.append(text + "</layer>")
    for (index, input) in inputs.enumerated() {
      edges.append(
        "<edge from-layer=\"\(input.layer)\" from-port=\"\(input.port)\" to-layer=\"\(id)\" to-port=\"\(index)\"/>")
    }
    return Port(layer: id, port: inputs.count, element: element)
  }

  /// Adds a constant.
  mutating func constant(_ element: Element, _ sizes: [Int], _ bytes: ProbeBytes) -> Port {
    let gap = (64 - dataBytes % 64) % 64
    if gap > 0 { data.append(ProbeBytes(.repeated([0]), byteCount: gap)) }
    data.append(bytes)
    dataBytes += gap + bytes.byteCount
    return add(
      "Const", 1,
      [
        "element_type": element.rawValue, "shape": sizes.map(String.init).joined(separator: ", "),
        "offset": "\(dataBytes - bytes.byteCount)", "size": "\(bytes.byteCount)",
      ], [], as: element)
  }

  /// Adds a list of whole numbers.
  mutating func integers(_ values: [Int]) -> Port {
    constant(.int64, [values.count], ProbeBytes(values.map(Int64.init)))
  }

  /// Adds one whole number without a size.
  mutating func integer(_ value: Int) -> Port { constant(.int64, [], ProbeBytes([Int64(value)])) }

  /// Adds one number, of as many sizes as what it is combined with has.
  mutating func number(_ value: Float, rank: Int = 0) -> Port {
    constant(.float32, [Int](repeating: 1, count: rank), ProbeBytes([value]))
  }

  /// The XML file.
  var text: String {
    "<?xml version=\"1.0\"?>\n<net name=\"edgewise-probe\" version=\"11\">\n<layers>\n"
      + layers.joined(separator: "\n") + "\n</layers>\n<edges>\n" + edges.joined(separator: "\n")
      + "\n</edges>\n<rt_info/>\n</net>\n"
  }
}
