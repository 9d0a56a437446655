/// Collects the layers, edges and run-time information of an OpenVINO XML file while it is read.
final class IRBuilder: XMLHandler {
  /// More layers than any model has.
  static let mostLayers = 1 << 21
  /// More constants than any model has.
  static let mostConstants = 1 << 20
  /// More operators than all operator sets have together.
  static let mostOperators = 4096
  private static let mostInformation = 1024

  /// A layer that is being read.
  private struct Layer {
    var id: Int
    var name: String
    var type: String
    /// Where in the stack of elements it started.
    var depth: Int
  }

  private(set) var graph = IRGraph()
  /// The bytes of the `.bin` file; nil when it is not known and nothing is checked against it.
  private let weightFileBytes: Int?
  private var elements: [String] = []
  private var layers: [Layer] = []
  private var scopes: [IRScope] = []
  private var layerCount = 0

  init(weightFileBytes: Int?) { self.weightFileBytes = weightFileBytes }

  func start(_ name: String, _ attributes: [String: String]) throws(ModelFileError) {
    defer { elements.append(name) }
    switch (elements.last, name) {
    case (nil, "net"):
      graph.name = attributes["name"]
      graph.version = attributes["version"].flatMap { Int($0) }
      scopes.append(IRScope())
    case (nil, _):
      throw malformed("The root element is <\(name.prefix(100))>; expected <net>, as OpenVINO models have.")
    case ("layers", "layer"): try startLayer(attributes)
    case ("layer", "data"): try addData(attributes)
    case ("layer", "body"), ("layer", "then_body"), ("layer", "else_body"):
      graph.subgraphCount += 1
      scopes.append(IRScope())
    case ("edges", "edge"): try connect(attributes)
    default:
      if layers.isEmpty, elements.count > 1, elements[1] == "rt_info" { addInformation(name, attributes) }
    }
  }

  func end(_ name: String) throws(ModelFileError) {
    elements.removeLast()
    if name == "layer", let layer = layers.last, layer.depth == elements.count { layers.removeLast() }
    let isBody = elements.last == "layer" && ["body", "then_body", "else_body"].contains(name)
    if isBody || elements.isEmpty { scopes.popLast()?.assign(to: &graph.constants) }
  }

  private func startLayer(_ attributes: [String: String]) throws(ModelFileError) {
    guard let id = attributes["id"].flatMap({ Int($0) }), id >= 0 else {
      throw malformed("A layer has no number 'id'.")
    }
    guard let type = attributes["type"], !type.isEmpty, type.utf8.count <= 256 else {
      throw malformed("Layer \(id) has no 'type'.")
    }
    layerCount += 1
    graph.operators[type, default: 0] += 1
    guard layerCount <= Self.mostLayers, graph.operators.count <= Self.mostOperators else {
      throw malformed("The model has more layers, or more types of them, than any model.")
    }
    let layer = Layer(id: id, name: attributes["name"] ?? "\(id)", type: type, depth: elements.count)
    layers.append(layer)
    switch type {
    case "Convert": scopes[scopes.count - 1].add(.convert, layer: id)
    case "Subtract": scopes[scopes.count - 1].add(.subtract, layer: id)
    case "Multiply": scopes[scopes.count - 1].add(.multiply, layer: id)
    case "Result" where scopes.count == 1 && graph.outputs.count < 4096:
      graph.outputs.append(GraphPort(name: layer.name, type: nil, sizes: []))
    default: break
    }
  }

  private func addData(_ attributes: [String: String]) throws(ModelFileError) {
    guard let layer = layers.last else { return }
    switch layer.type {
    case "Const": try addConstant(layer, attributes)
    case "Parameter" where scopes.count == 1 && graph.inputs.count < 4096:
      graph.inputs.append(port(layer.name, attributes["element_type"], attributes["shape"]))
    case "ReadValue" where graph.variables.count < 65536:
      graph.variables.append(
        port(attributes["variable_id"] ?? layer.name, attributes["variable_type"], attributes["variable_shape"]))
    default: break
    }
  }

  private func port(_ name: String, _ type: String?, _ shape: String?) -> GraphPort {
    let sizes = (shape ?? "").split(separator: ",").prefix(64).map { size -> Int? in
      Int(size.drop { $0 == " " }).flatMap { $0 > 0 ? $0 : nil }
    }
    return GraphPort(name: name, type: type.flatMap { ElementType.openVINO[$0.lowercased()] }, sizes: sizes)
  }

  private func addConstant(_ layer: Layer, _ attributes: [String: String]) throws(ModelFileError) {
    let label = String(layer.name.prefix(200))
    func count(_ key: String) throws(ModelFileError) -> Int {
      guard let text = attributes[key], let number = Int(text), number >= 0 else {
        throw malformed("The '\(key)' of constant '\(label)' is '\(attributes[key]?.prefix(40) ?? "")', no count.")
      }
      return number
    }
    guard graph.constants.count < Self.mostConstants else {
      throw malformed("The model has more than \(Self.mostConstants) constants.")
    }
    let typeName = attributes["element_type"] ?? ""
    guard let type = ElementType.openVINO[typeName] else {
      throw ModelFileError(
        .unsupportedFormat,
        "Constant '\(label)' has the element type '\(typeName.prefix(40))', which is not known: the file is damaged, or "
          + "newer than this release of Edgewise.")
    }
    var shape: [Int] = []
    for size in (attributes["shape"] ?? "").split(separator: ",") {
      guard shape.count < 64, let number = Int(size.drop { $0 == " " }), number >= 0 else {
        throw malformed("The shape of constant '\(label)' is no list of sizes.")
      }
      shape.append(number)
    }
    let offset = try count("offset")
    let size = try count("size")
    guard let values = shape.checkedProduct else {
      throw malformed("The shape of constant '\(label)' has more values than can be.")
    }
    // Types of 3 and 6 bits are packed with gaps; text has its own lengths.
    // OpenVINO gives empty constants one byte.
    let isEmpty = values == 0 && size <= 1
    if let bits = type.bits, bits != 3, bits != 6, !isEmpty, type.byteCount(values: values) != size {
      throw malformed("Constant '\(label)' of type \(typeName) and shape \(shape) cannot have \(size) bytes.")
    }
    guard type.bits == nil || values / 2 <= size.multipliedReportingOverflow(by: 8).partialValue else {
      throw malformed("Constant '\(label)' of type \(typeName) and shape \(shape) cannot have \(size) bytes.")
    }
    if let weightFileBytes, offset > weightFileBytes || size > weightFileBytes - offset {
      throw ModelFileError(
        .truncated,
        "Constant '\(label)' is at bytes \(offset) to \(offset) + \(size) of the .bin file, which has \(weightFileBytes). "
          + "The .bin file is truncated, or of another model: download or copy both again.")
    }
    scopes[scopes.count - 1].add(.constant(index: graph.constants.count), layer: layer.id)
    graph.constants.append(
      IRGraph.Constant(
        name: layer.name, type: type, shape: shape, values: values, offset: offset, byteCount: isEmpty ? 0 : size))
  }

  private func connect(_ attributes: [String: String]) throws(ModelFileError) {
    func number(_ key: String) throws(ModelFileError) -> Int {
      guard let number = attributes[key].flatMap({ Int($0) }) else {
        throw malformed("An edge has no number '\(key)'.")
      }
      return number
    }
    let from = try number("from-layer")
    let to = try number("to-layer")
    let port = try number("to-port")
    guard !scopes.isEmpty else { return }
    scopes[scopes.count - 1].connect(from, to: to, port: port)
  }

  private func addInformation(_ name: String, _ attributes: [String: String]) {
    guard graph.information.count < Self.mostInformation, let value = attributes["value"] else { return }
    let path = (elements.dropFirst(2) + [attributes["name"] ?? name]).joined(separator: ".")
    graph.information[String(path.prefix(200))] = String(value.prefix(1000))
  }

  /// `XMLReader` adds the file and the place.
  private func malformed(_ message: String) -> ModelFileError {
    ModelFileError(.malformed, message + " The file is damaged, or no OpenVINO model.")
  }
}
