extension GraphWalker {
  /// Counts a node, and keeps what it says about quantized weights and attention.
  mutating func record(_ node: ONNXNode, at offset: Int) throws(ModelFileError) {
    let domain = node.domain == "ai.onnx" ? "" : node.domain
    let name = domain.isEmpty ? node.operation : domain + "::" + node.operation
    guard name.utf8.count <= 256 else {
      throw malformed("An operator has a name of \(name.utf8.count) bytes.", at: offset)
    }
    graph.operators[name, default: 0] += 1
    guard graph.operators.count <= Self.mostOperators else {
      throw malformed("The file uses more than \(Self.mostOperators) different operators.", at: offset)
    }
    if name == "com.microsoft::GroupQueryAttention" || name == "Attention" {
      graph.attentionCount += 1
      let window = integer("local_window_size", node) ?? -1
      if window > 0, graph.attentionWindows.count < LayerPlan.mostLayers { graph.attentionWindows.append(window) }
    }
    for use in QuantizedUse.byName[name] ?? [] where node.inputs.indices.contains(use.weight) {
      guard graph.quantized.count < Self.mostTensors else { return }
      graph.quantized.append(quantized(use, node))
    }
  }

  private func quantized(_ use: QuantizedUse, _ node: ONNXNode) -> ONNXGraph.Quantized {
    func input(_ index: Int?) -> String? {
      guard let index, node.inputs.indices.contains(index), !node.inputs[index].isEmpty else { return nil }
      return node.inputs[index]
    }
    let zeroPoints = input(use.zeroPoints)
    let bits = integer(use.bitsName, node) ?? use.defaultBits
    let group = integer(use.groupName, node)
    return ONNXGraph.Quantized(
      use: use, weight: node.inputs[use.weight], companions: [input(use.scales), zeroPoints].compactMap { $0 },
      rows: integer("N", node), columns: integer("K", node), bits: bits.flatMap { (1...8).contains($0) ? $0 : nil },
      groupSize: group.flatMap { $0 > 0 ? $0 : nil }, isSymmetric: zeroPoints == nil)
  }

  private func integer(_ name: String, _ node: ONNXNode) -> Int? {
    node.attributes.first { $0.name == name }.map { Int($0.integer) }
  }

  /// Checks a tensor's type, sizes and place against each other and against the files.
  mutating func stored(
    _ tensor: ONNXTensor, _ name: String, raw: Range<Int>?, hasFields: Bool, at offset: Int
  ) throws(ModelFileError) -> ONNXGraph.Stored {
    let label = name.utf8.count > 200 ? String(decoding: name.utf8.prefix(200), as: UTF8.self) + "..." : name
    guard let type = ElementType.onnx[tensor.elementType] else {
      throw ModelFileError(
        .unsupportedFormat,
        "'\(label)' has the element type \(tensor.elementType), which is not known: the file is damaged, or newer than "
          + "this release of Edgewise.", path: file.path, byteOffset: offset)
    }
    let shape = tensor.sizes.map { Int($0) }
    guard shape.count <= 64, let values = shape.checkedProduct,
      let bytes = type.bits == nil ? raw?.count ?? 0 : type.byteCount(values: values)
    else { throw malformed("The sizes \(shape.prefix(8)) of '\(label)' are no sizes.", at: offset) }
    var result = ONNXGraph.Stored(
      name: name, shape: shape, type: type, values: values, byteCount: bytes, place: .fields(isEmpty: !hasFields))
    if tensor.location == 1 {
      result.place = try external(tensor, label, bytes: bytes, at: offset)
    } else if let raw {
      guard raw.count == bytes else {
        throw malformed(
          "'\(label)' of type \(type.name) and sizes \(shape) needs \(bytes) bytes, but has \(raw.count).", at: offset)
      }
      result.place = .embedded(offset: raw.lowerBound)
    }
    return result
  }

  private mutating func external(
    _ tensor: ONNXTensor, _ name: String, bytes: Int, at offset: Int
  ) throws(ModelFileError) -> ONNXGraph.Stored.Place {
    func value(_ key: String) -> String? { tensor.external.first { $0.key == key }?.value }
    func number(_ key: String) throws(ModelFileError) -> Int? {
      guard let text = value(key) else { return nil }
      guard let number = Int(text), number >= 0 else {
        throw malformed("The \(key) of the external values of '\(name)' is '\(text.prefix(40))', no count.", at: offset)
      }
      return number
    }
    guard let location = value("location") else {
      throw malformed("The values of '\(name)' are in another file, which is not named.", at: offset)
    }
    let index: Int
    if let known = externals[location] {
      index = known
    } else {
      guard graph.externals.count < ExternalFile.most else {
        throw malformed("The values are in more than \(ExternalFile.most) files.", at: offset)
      }
      graph.externals.append(try ExternalFile(location: location, of: file, tensor: name, at: offset))
      index = graph.externals.count - 1
      externals[location] = index
    }
    let start = try number("offset") ?? 0
    let length = try number("length") ?? bytes
    let found = graph.externals[index]
    guard tensor.elementType == 8 || length == bytes else {
      throw malformed("'\(name)' needs \(bytes) bytes, but \(length) external bytes are named.", at: offset)
    }
    guard start <= found.bytes, length <= found.bytes - start else {
      throw ModelFileError(
        .truncated,
        "'\(name)' needs \(length) bytes from byte \(start) of '\(location)', which has \(found.bytes). "
          + "The file is truncated: download or copy it again.", path: found.path, byteOffset: min(start, found.bytes))
    }
    return .external(index: index, offset: start)
  }
}
