#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A small llama as an ONNX graph, of the operators that ONNX Runtime GenAI's model builder chooses for processors.
///
/// Field numbers are those of `ModelFiles/ONNX/Schema`, and of ONNX for what is not read there.
struct ONNXProbe {
  /// How matrices are stored.
  enum Weights: Hashable {
    /// Blocks with a scale of 32 bits each, for `MatMulNBits`.
    case integers(bits: Int, block: Int)
    case float32
  }

  static let dataName = "model.onnx.data"
  static let contextTokens = 1024

  /// Of the tensors that are stored beside the graph.
  private(set) var data: [ProbeBytes] = []
  private var dataBytes = 0
  private var graph = WireWriter()
  private let model: ProbeModel
  private let weights: Weights
  /// The sum before the latest branch, and the branch that is not added yet.
  private var sum = "embedding"
  private var branch: String?

  private static let ours = "com.microsoft"
  /// ONNX's numbers of element types.
  private enum Element: Int {
    case float32 = 1
    case uint8 = 2
    case int32 = 6
    case int64 = 7
  }

  init(_ model: ProbeModel, _ weights: Weights) {
    (self.model, self.weights) = (model, weights)
  }

  /// The file of the graph; its tensors are then in `data`.
  mutating func file() -> [UInt8] {
    (data, dataBytes, graph, sum, branch) = ([], 0, WireWriter(), "embedding", nil)
    inputs()
    for layer in 0..<model.layers { self.layer(layer) }
    norm("norm")
    linear("output", "norm.result", rows: model.vocabulary, columns: model.hidden, result: "logits")
    graph.text(2, "edgewise-probe")
    ports()
    var file = WireWriter()
    file.integer(1, 10)
    file.text(2, "edgewise")
    file.bytes(7, graph.bytes)
    for (domain, version) in [("", 21), (Self.ours, 1)] {
      file.message(8) {
        $0.text(1, domain)
        $0.integer(2, version)
      }
    }
    return file.bytes
  }

  /// What the layers share: positions, rotations and the embedding.
  private mutating func inputs() {
    tensor("one", .int64, [1], ProbeBytes([Int64(1)]))
    tensor("index", .int64, [], ProbeBytes([Int64(1)]))
    node("ReduceSum", ["attention_mask", "one"], ["tokens"])
    node("Sub", ["tokens", "one"], ["last"])
    node("Cast", ["last"], ["lengths"], ["to": Element.int32.rawValue])
    node("Shape", ["attention_mask"], ["shape"])
    node("Gather", ["shape", "index"], ["width"], ["axis": 0])
    node("Cast", ["width"], ["total"], ["to": Element.int32.rawValue])
    let half = ProbeModel.headSize / 2
    let angles = (0..<Self.contextTokens).flatMap { position in
      (0..<half).map { Double(position) * pow(10_000, -Double($0) / Double(half)) }
    }
    tensor("cosines", .float32, [Self.contextTokens, half], ProbeBytes(angles.map { Float(cos($0)) }))
    tensor("sines", .float32, [Self.contextTokens, half], ProbeBytes(angles.map { Float(sin($0)) }))
    let count = model.vocabulary * model.hidden
    tensor(
      "embeddings", .float32, [model.vocabulary, model.hidden], ProbeBytes(.float32, byteCount: 4 * count))
    node("Gather", ["embeddings", "input_ids"], ["embedding"])
  }

  private mutating func layer(_ index: Int) {
    let (hidden, inner, size) = (model.hidden, model.inner, ProbeModel.headSize)
    func name(_ part: String) -> String { "layers.\(index).\(part)" }
    norm(name("before"))
    let input = name("before.result")
    for (part, heads) in [("query", model.heads), ("key", model.kvHeads), ("value", model.kvHeads)] {
      linear(name(part), input, rows: heads * size, columns: hidden, result: name(part + ".result"))
    }
    node(
      "GroupQueryAttention",
      [
        name("query.result"), name("key.result"), name("value.result"), "past_key_values.\(index).key",
        "past_key_values.\(index).value", "lengths", "total", "cosines", "sines",
      ], [name("attention"), "present.\(index).key", "present.\(index).value"],
      ["num_heads": model.heads, "kv_num_heads": model.kvHeads, "do_rotary": 1, "rotary_interleaved": 0],
      floats: ["scale": 0.125], domain: Self.ours)
    linear(
      name("attention.output"), name("attention"), rows: hidden, columns: model.heads * size,
      result: name("attention.result"))
    branch = name("attention.result")
    norm(name("between"))
    let middle = name("between.result")
    linear(name("gate"), middle, rows: inner, columns: hidden, result: name("gate.result"))
    linear(name("up"), middle, rows: inner, columns: hidden, result: name("up.result"))
    node("Sigmoid", [name("gate.result")], [name("sigmoid")])
    node("Mul", [name("gate.result"), name("sigmoid")], [name("swish")])
    node("Mul", [name("swish"), name("up.result")], [name("product")])
    linear(name("down"), name("product"), rows: hidden, columns: inner, result: name("down.result"))
    branch = name("down.result")
  }

  /// Adds the open branch to the sum, and norms it to `name.result`.
  private mutating func norm(_ name: String) {
    tensor(name, .float32, [model.hidden], ProbeBytes(floats: 1, count: model.hidden))
    if let branch {
      node(
        "SkipSimplifiedLayerNormalization", [sum, branch, name], [name + ".result", "", "", name + ".sum"],
        floats: ["epsilon": 1e-5], domain: Self.ours)
      sum = name + ".sum"
    } else {
      node(
        "SimplifiedLayerNormalization", [sum, name], [name + ".result"], ["axis": -1, "stash_type": 1],
        floats: ["epsilon": 1e-5])
    }
  }

  private mutating func linear(_ name: String, _ input: String, rows: Int, columns: Int, result: String) {
    switch weights {
    case .float32:
      tensor(name, .float32, [columns, rows], ProbeBytes(.float32, byteCount: 4 * rows * columns))
      node("MatMul", [input, name], [result])
    case .integers(let bits, let block):
      let blocks = (columns + block - 1) / block
      tensor(
        name, .uint8, [rows, blocks, block * bits / 8],
        ProbeBytes(.random, byteCount: rows * blocks * block * bits / 8))
      tensor(
        name + ".scales", .float32, [rows * blocks],
        ProbeBytes(floats: 0.03 / Float(1 << bits), count: rows * blocks))
      // Level 4 has processors multiply integers, as the model builder chooses.
      node(
        "MatMulNBits", [input, name, name + ".scales"], [result],
        ["K": columns, "N": rows, "bits": bits, "block_size": block, "accuracy_level": 4], domain: Self.ours)
    }
  }

  /// The graph's inputs and outputs.
  private mutating func ports() {
    port(11, "input_ids", .int64, ["batch_size", "sequence_length"])
    port(11, "attention_mask", .int64, ["batch_size", "total_sequence_length"])
    port(12, "logits", .float32, ["batch_size", "sequence_length", model.vocabulary])
    for layer in 0..<model.layers {
      for part in ["key", "value"] {
        func sizes(_ length: String) -> [any ONNXSize] { ["batch_size", model.kvHeads, length, ProbeModel.headSize] }
        port(11, "past_key_values.\(layer).\(part)", .float32, sizes("past_sequence_length"))
        port(12, "present.\(layer).\(part)", .float32, sizes("total_sequence_length"))
      }
    }
  }

  private mutating func port(_ field: Int, _ name: String, _ element: Element, _ sizes: [any ONNXSize]) {
    graph.message(field) { value in
      value.text(1, name)
      value.message(2) { type in
        type.message(1) { tensor in
          tensor.integer(1, element.rawValue)
          tensor.message(2) { shape in
            for size in sizes { shape.message(1) { size.write(to: &$0) } }
          }
        }
      }
    }
  }

  private mutating func node(
    _ operation: String, _ inputs: [String], _ outputs: [String], _ integers: KeyValuePairs<String, Int> = [:],
    floats: KeyValuePairs<String, Float> = [:], domain: String = ""
  ) {
    graph.message(1) { node in
      for input in inputs { node.text(1, input) }
      for output in outputs { node.text(2, output) }
      node.text(3, (outputs.first ?? "") + "/node")
      node.text(4, operation)
      for (name, value) in integers {
        node.message(5) {
          $0.text(1, name)
          $0.integer(3, value)
          $0.integer(20, 2)
        }
      }
      for (name, value) in floats {
        node.message(5) {
          $0.text(1, name)
          $0.float(2, value)
          $0.integer(20, 1)
        }
      }
      if !domain.isEmpty { node.text(7, domain) }
    }
  }

  private mutating func tensor(_ name: String, _ element: Element, _ sizes: [Int], _ bytes: ProbeBytes) {
    let isSmall = bytes.byteCount <= 64
    if !isSmall {
      // At pages, so that it can be mapped.
      let gap = (4096 - dataBytes % 4096) % 4096
      if gap > 0 { data.append(ProbeBytes(.repeated([0]), byteCount: gap)) }
      data.append(bytes)
      dataBytes += gap + bytes.byteCount
    }
    let offset = dataBytes - bytes.byteCount
    graph.message(5) { tensor in
      for size in sizes { tensor.integer(1, size) }
      tensor.integer(2, element.rawValue)
      tensor.text(8, name)
      guard !isSmall else { return tensor.bytes(9, Array(bytes.piece(limit: 64).prefix(bytes.byteCount))) }
      for (key, value) in [
        ("location", Self.dataName), ("offset", "\(offset)"), ("length", "\(bytes.byteCount)"),
      ] {
        tensor.message(13) {
          $0.text(1, key)
          $0.text(2, value)
        }
      }
      tensor.integer(14, 1)
    }
  }
}

/// A size of a port: a number, or a name for one that is only known when the graph runs.
private protocol ONNXSize {
  func write(to dimension: inout WireWriter)
}

extension Int: ONNXSize {
  fileprivate func write(to dimension: inout WireWriter) { dimension.integer(1, self) }
}

extension String: ONNXSize {
  fileprivate func write(to dimension: inout WireWriter) { dimension.text(2, self) }
}
