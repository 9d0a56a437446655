import SwiftProtobuf

/// Walks through an ONNX file: the graph, the graphs inside it, the functions and every stored tensor.
///
/// It steps over graphs and values itself, in the mapped file, and has swift-protobuf decode the small messages between
/// them, because swift-protobuf would copy the values. Counts, lengths and depth are bounded before anything is kept.
struct GraphWalker {
  /// More levels of branches and loops than any exporter writes.
  static let mostDepth = 16
  /// More stored tensors, or quantized nodes, than any model has.
  static let mostTensors = 1 << 20
  /// More operators than all domains have together.
  static let mostOperators = 4096
  /// A message without its values and graphs is not longer.
  static let mostMessageBytes = 1 << 20
  static let mostNameBytes = 1 << 16
  /// Tensors between giving back the pages that were touched.
  private static let releaseInterval = 128

  let file: MappedFile
  var graph = ONNXGraph()
  var externals: [String: Int] = [:]

  /// Reads all but the values of `file`.
  static func walk(_ file: MappedFile) throws(ModelFileError) -> ONNXGraph {
    guard file.bytes.count < Int(Int32.max) else {
      throw ModelFileError(
        .malformed,
        "The file has \(file.bytes.count) bytes, but an ONNX file cannot be longer than 2 GiB. "
          + "Export the model with its values in an external file.", path: file.path)
    }
    var walker = GraphWalker(file: file)
    try walker.model()
    return walker.graph
  }

  private init(file: MappedFile) { self.file = file }

  private mutating func model() throws(ModelFileError) {
    var reader = WireReader(file, 0..<file.bytes.count)
    var skipped = 0
    var hasGraph = false
    while let field = try reader.next() {
      switch field.number {
      case 7:
        try requireBytes(field, "the graph")
        hasGraph = true
        try walkGraph(field.span, depth: 0)
      case 25: try walkFunction(field)
      case 20: break
      default: continue
      }
      skipped += field.span.count
    }
    guard hasGraph else {
      throw ModelFileError(
        .truncated, "The file has no graph. It is truncated, or holds training data only: download it again.",
        path: file.path, byteOffset: file.bytes.count)
    }
    guard file.bytes.count - skipped <= Self.mostMessageBytes else {
      graph.notes.append("The file has more than 1 MiB beside its graph, which was not read.")
      return
    }
    graph.head = try decode(0..<file.bytes.count, "the head of the model")
  }

  private mutating func walkFunction(_ field: WireReader.Field) throws(ModelFileError) {
    try requireBytes(field, "a function")
    graph.subgraphCount += 1
    var reader = WireReader(file, field.span)
    while let part = try reader.next() {
      if part.number == 7 { try walkNode(part, depth: 1) }
    }
  }

  private mutating func walkGraph(_ span: Range<Int>, depth: Int) throws(ModelFileError) {
    guard depth <= Self.mostDepth else {
      throw malformed("Graphs lie inside each other more than \(Self.mostDepth) deep.", at: span.lowerBound)
    }
    var reader = WireReader(file, span)
    while let field = try reader.next() {
      switch field.number {
      case 1: try walkNode(field, depth: depth)
      case 5: try walkTensor(field, name: nil)
      case 15: try walkSparseTensor(field)
      case 11 where depth == 0: try append(field, to: \.inputs)
      case 12 where depth == 0: try append(field, to: \.outputs)
      default: break
      }
    }
  }

  private mutating func append(
    _ field: WireReader.Field, to list: WritableKeyPath<ONNXGraph, [ONNXValue]>
  ) throws(ModelFileError) {
    try requireBytes(field, "an input or output")
    guard field.span.count <= Self.mostMessageBytes, graph[keyPath: list].count < Self.mostNameBytes else {
      throw malformed("The graph has more inputs or outputs, or a longer one, than any model.", at: field.start)
    }
    graph[keyPath: list].append(try decode(field.span, "an input or output"))
  }

  private mutating func walkNode(_ field: WireReader.Field, depth: Int) throws(ModelFileError) {
    try requireBytes(field, "a node")
    var reader = WireReader(file, field.span)
    var fields = 0
    while let part = try reader.next() {
      fields += 1
      guard fields <= Self.mostNameBytes else {
        throw malformed("A node has more than \(Self.mostNameBytes) inputs and attributes.", at: field.start)
      }
      if part.number == 5 {
        try walkAttribute(part, depth: depth)
      } else if part.number != 6, part.span.count > Self.mostNameBytes {
        throw malformed("A node has a name of \(part.span.count) bytes.", at: part.start)
      }
    }
    try record(try decode(field.span, "a node"), at: field.start)
  }

  private mutating func walkAttribute(_ field: WireReader.Field, depth: Int) throws(ModelFileError) {
    try requireBytes(field, "an attribute")
    var reader = WireReader(file, field.span)
    while let part = try reader.next() {
      switch part.number {
      case 1 where part.span.count > Self.mostNameBytes:
        throw malformed("An attribute has a name of \(part.span.count) bytes.", at: part.start)
      case 5: try walkTensor(part, name: "constant at byte \(field.start)")
      case 6, 11:
        try requireBytes(part, "a graph")
        graph.subgraphCount += 1
        try walkGraph(part.span, depth: depth + 1)
      default: break
      }
    }
  }

  private mutating func walkSparseTensor(_ field: WireReader.Field) throws(ModelFileError) {
    try requireBytes(field, "a sparse tensor")
    var reader = WireReader(file, field.span)
    // Its values and indices count as stored tensors; its own sizes are those of the tensor that it unfolds to.
    while let part = try reader.next() {
      if part.number == 1 || part.number == 2 { try walkTensor(part, name: "sparse tensor at byte \(field.start)") }
    }
  }

  private mutating func walkTensor(_ field: WireReader.Field, name: String?) throws(ModelFileError) {
    try requireBytes(field, "a tensor")
    guard graph.tensors.count < Self.mostTensors else {
      throw malformed("The file has more than \(Self.mostTensors) tensors.", at: field.start)
    }
    var reader = WireReader(file, field.span)
    var data = 0
    var raw: Range<Int>?
    while let part = try reader.next() {
      switch part.number {
      case 9:
        raw = part.span
        data += part.span.count
      case 4...7, 10, 11: data += part.span.count
      default: break
      }
    }
    guard field.span.count - data <= Self.mostMessageBytes else {
      throw malformed("A tensor has more than 1 MiB beside its values.", at: field.start)
    }
    let tensor: ONNXTensor = try decode(field.span, "a tensor")
    let label = tensor.name.isEmpty ? name ?? "tensor at byte \(field.start)" : tensor.name
    graph.tensors.append(try stored(tensor, label, raw: raw, hasFields: data > 0, at: field.start))
    if graph.tensors.count % Self.releaseInterval == 0 { file.releasePages() }
  }
}

extension GraphWalker {
  /// Decodes a message in place, without what the schema does not have.
  private func decode<M: Message>(_ span: Range<Int>, _ what: String) throws(ModelFileError) -> M {
    var options = BinaryDecodingOptions()
    options.discardUnknownFields = true
    options.messageDepthLimit = Self.mostDepth
    let bytes = MappedSpan(UnsafeRawBufferPointer(rebasing: file.bytes[span]))
    do {
      return try M(serializedBytes: bytes, extensions: nil, partial: true, options: options)
    } catch {
      throw malformed("The bytes of \(what) cannot be read (\(error)).", at: span.lowerBound)
    }
  }

  private func requireBytes(_ field: WireReader.Field, _ what: String) throws(ModelFileError) {
    guard field.kind == .bytes else {
      throw malformed("A number is where \(what) was expected.", at: field.start)
    }
  }

  func malformed(_ message: String, at offset: Int) -> ModelFileError {
    ModelFileError(
      .malformed, message + " The file is damaged, or not an ONNX model.", path: file.path, byteOffset: offset)
  }
}
