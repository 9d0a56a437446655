#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A small llama as an OpenVINO model with a state for each layer's keys and values, as optimum-intel exports language models.
struct OpenVINOProbe {
  /// How matrices are stored.
  enum Weights: Hashable {
    /// Integers around zero, a scale for each group of a row.
    case int4(group: Int)
    /// Integers, with a zero point and a scale for each group of a row.
    case uint4(group: Int)
    /// Integers, with a zero point and a scale for each row.
    case uint8
    case float16
  }

  private typealias Port = IRWriter.Port

  private let model: ProbeModel
  private let weights: Weights
  private var file = IRWriter()

  init(_ model: ProbeModel, _ weights: Weights) {
    (self.model, self.weights) = (model, weights)
    build()
  }

  /// The XML file, and the stretches of the one with the constants.
  var text: String { file.text }
  var data: [ProbeBytes] { file.data }

  /// What all layers use.
  private struct Shared {
    let batch: Port
    let beams: Port
    let cosines: Port
    let sines: Port
    /// What is added to the scores of attention.
    let mask: Port
  }

  private mutating func build() {
    func parameter(_ name: String, _ element: IRWriter.Element, _ sizes: String) -> Port {
      file.add("Parameter", 1, ["shape": sizes, "element_type": element.rawValue], [], as: element, name: name)
    }
    let tokens = parameter("input_ids", .int64, "?,?")
    let attention = parameter("attention_mask", .int64, "?,?")
    let positions = parameter("position_ids", .int64, "?,?")
    let beams = parameter("beam_idx", .int32, "?")
    let (cosines, sines) = rotation(positions)
    let shared = Shared(
      batch: size(of: tokens, at: file.integers([0])), beams: beams, cosines: cosines, sines: sines,
      mask: mask(attention, positions))
    let rows = matrix(model.vocabulary, model.hidden)
    var sum = gather(rows, tokens)
    for layer in 0..<model.layers {
      let attended = self.attention(norm(sum), layer, shared)
      sum = combine("Add", sum, attended)
      sum = combine("Add", sum, feedForward(norm(sum)))
    }
    let normed = norm(sum)
    let output = matrix(model.vocabulary, model.hidden)
    let logits = file.add(
      "MatMul", 1, ["transpose_a": "false", "transpose_b": "true"], [normed, output], as: .float32, name: "logits")
    file.add("Result", 1, [:], [logits], as: .float32, hasOutput: false)
  }

  /// The cosines and sines of positions: batch, 1, tokens, size of a head.
  private mutating func rotation(_ positions: Port) -> (cosines: Port, sines: Port) {
    let half = ProbeModel.headSize / 2
    let frequencies = (0..<half).map { Float(pow(10_000, -Double($0) / Double(half))) }
    let one = file.integer(1)
    let row = file.add("Unsqueeze", 1, [:], [positions, one], as: .int64)
    let angles = file.add(
      "MatMul", 1, ["transpose_a": "false", "transpose_b": "false"],
      [
        file.constant(.float32, [1, half, 1], ProbeBytes(frequencies)),
        convert(row, to: .float32),
      ], as: .float32)
    let turned = transpose(angles, [0, 2, 1])
    let both = file.add("Concat", 1, ["axis": "-1"], [turned, turned], as: .float32)
    let cosines = file.add("Cos", 1, [:], [both], as: .float32)
    let sines = file.add("Sin", 1, [:], [both], as: .float32)
    return (
      file.add("Unsqueeze", 1, [:], [cosines, one], as: .float32),
      file.add("Unsqueeze", 1, [:], [sines, one], as: .float32)
    )
  }

  /// What keeps tokens from those after them: batch, 1, tokens, positions.
  private mutating func mask(_ attention: Port, _ positions: Port) -> Port {
    let total = size(of: attention, at: file.integer(1))
    let bounds = (file.integer(0), file.integer(1))
    let range = file.add("Range", 4, ["output_type": "i64"], [bounds.0, total, bounds.1], as: .int64)
    let axes = (file.integers([0, 1, 2]), file.integers([1, 3]))
    let columns = file.add("Unsqueeze", 1, [:], [range, axes.0], as: .int64)
    let rows = file.add("Unsqueeze", 1, [:], [positions, axes.1], as: .int64)
    let later = file.add("Greater", 1, ["auto_broadcast": "numpy"], [columns, rows], as: .boolean)
    let values = (file.number(-65504), file.number(0))
    return file.add("Select", 1, ["auto_broadcast": "numpy"], [later, values.0, values.1], as: .float32)
  }

  private mutating func attention(_ input: Port, _ layer: Int, _ shared: Shared) -> Port {
    let (size, width) = (ProbeModel.headSize, model.heads * ProbeModel.headSize)
    let query = rotated(heads(linear(input, width, model.hidden), model.heads), shared)
    let key = rotated(heads(linear(input, model.kvHeads * size, model.hidden), model.kvHeads), shared)
    let value = heads(linear(input, model.kvHeads * size, model.hidden), model.kvHeads)
    let keys = repeated(cached(key, "past_key_values.\(layer).keypresent.\(layer).key", shared), shared)
    let values = repeated(cached(value, "past_key_values.\(layer).valuepresent.\(layer).value", shared), shared)
    let scale = file.number(0.125)
    let result = file.add(
      "ScaledDotProductAttention", 13, ["causal": "false"], [query, keys, values, shared.mask, scale], as: .float32)
    return linear(reshape(transpose(result, [0, 2, 1, 3]), [0, 0, width]), model.hidden, width)
  }

  private mutating func feedForward(_ input: Port) -> Port {
    let gate = linear(input, model.inner, model.hidden)
    let swish = file.add("Swish", 4, [:], [gate], as: .float32)
    let product = combine("Multiply", swish, linear(input, model.inner, model.hidden))
    return linear(product, model.hidden, model.inner)
  }

  /// Batch, heads, tokens, size of a head.
  private mutating func heads(_ input: Port, _ count: Int) -> Port {
    transpose(reshape(input, [0, 0, count, ProbeModel.headSize]), [0, 2, 1, 3])
  }

  private mutating func rotated(_ input: Port, _ shared: Shared) -> Port {
    let half = ProbeModel.headSize / 2
    let (first, second) = (slice(input, from: 0, to: half), slice(input, from: half, to: ProbeModel.headSize))
    let negated = combine("Multiply", second, file.number(-1, rank: 4))
    let turned = file.add("Concat", 1, ["axis": "-1"], [negated, first], as: .float32)
    return combine("Add", combine("Multiply", input, shared.cosines), combine("Multiply", turned, shared.sines))
  }

  /// The kept keys or values with the new ones, which are kept then.
  private mutating func cached(_ input: Port, _ name: String, _ shared: Shared) -> Port {
    let rest = file.integers([model.kvHeads, 0, ProbeModel.headSize])
    let sizes = file.add("Concat", 1, ["axis": "0"], [shared.batch, rest], as: .int64)
    let zero = file.number(0)
    let empty = file.add("Broadcast", 3, ["mode": "numpy"], [zero, sizes], as: .float32)
    let kept = file.add(
      "ReadValue", 6,
      [
        "variable_id": name, "variable_type": "f32",
        "variable_shape": "?,\(model.kvHeads),?,\(ProbeModel.headSize)",
      ], [empty], as: .float32)
    let all = file.add("Concat", 1, ["axis": "2"], [gather(kept, shared.beams), input], as: .float32)
    file.add("Assign", 6, ["variable_id": name], [all], as: .float32)
    return all
  }

  /// Keys or values once for each head that uses them.
  private mutating func repeated(_ input: Port, _ shared: Shared) -> Port {
    let times = model.heads / model.kvHeads
    guard times > 1 else { return input }
    let axis = file.integer(2)
    let wide = file.add("Unsqueeze", 1, [:], [input, axis], as: .float32)
    let heads = file.integers([model.kvHeads, times])
    let size = file.integers([ProbeModel.headSize])
    let length = self.size(of: input, at: file.integers([2]))
    let sizes = file.add("Concat", 1, ["axis": "0"], [shared.batch, heads, length, size], as: .int64)
    let copies = file.add("Broadcast", 3, ["mode": "bidirectional"], [wide, sizes], as: .float32)
    return reshape(copies, [0, model.heads, -1, ProbeModel.headSize])
  }

  /// The root mean square norm with weights of one.
  private mutating func norm(_ input: Port) -> Port {
    let squares = file.add(
      "Power", 1, ["auto_broadcast": "numpy"], [input, file.number(2, rank: 3)], as: .float32)
    let axes = file.integers([-1])
    let mean = file.add("ReduceMean", 1, ["keep_dims": "true"], [squares, axes], as: .float32)
    let root = file.add("Sqrt", 1, [:], [combine("Add", mean, file.number(1e-5, rank: 3))], as: .float32)
    let factor = combine("Divide", file.number(1, rank: 3), root)
    let weights = file.constant(.float32, [1, 1, model.hidden], ProbeBytes(floats: 1, count: model.hidden))
    return combine("Multiply", weights, combine("Multiply", input, factor))
  }

  private mutating func linear(_ input: Port, _ rows: Int, _ columns: Int) -> Port {
    let weights = matrix(rows, columns)
    return file.add("MatMul", 1, ["transpose_a": "false", "transpose_b": "true"], [input, weights], as: .float32)
  }

  /// Weights with what unpacks them, in the pattern that OpenVINO's plugins know.
  private mutating func matrix(_ rows: Int, _ columns: Int) -> Port {
    switch weights {
    case .float16:
      let stored = file.constant(.float16, [rows, columns], ProbeBytes(.float16, byteCount: 2 * rows * columns))
      return convert(stored, to: .float32)
    case .uint8:
      let stored = file.constant(.uint8, [rows, columns], ProbeBytes(.random, byteCount: rows * columns))
      let zeros = file.constant(.uint8, [rows, 1], ProbeBytes(.repeated([128]), byteCount: rows))
      // 2^-13
      let scales = file.constant(.float16, [rows, 1], ProbeBytes(halves: 0x0800, count: rows))
      let centered = combine("Subtract", convert(stored, to: .float16), convert(zeros, to: .float16))
      return convert(combine("Multiply", centered, scales), to: .float32)
    case .int4(let group): return groups(rows, columns, group, .int4)
    case .uint4(let group): return groups(rows, columns, group, .uint4)
    }
  }

  private mutating func groups(_ rows: Int, _ columns: Int, _ group: Int, _ element: IRWriter.Element) -> Port {
    let group = min(group, columns)
    let count = columns / group
    let stored = file.constant(element, [rows, count, group], ProbeBytes(.random, byteCount: rows * columns / 2))
    // 2^-9
    let scales = file.constant(.float16, [rows, count, 1], ProbeBytes(halves: 0x1800, count: rows * count))
    var values = convert(stored, to: .float16)
    if element == .uint4 {
      let zeros = file.constant(
        element, [rows, count, 1], ProbeBytes(.repeated([0x88]), byteCount: (rows * count + 1) / 2))
      values = combine("Subtract", values, convert(zeros, to: .float16))
    }
    let sizes = file.integers([rows, columns])
    let scaled = combine("Multiply", values, scales)
    let joined = file.add("Reshape", 1, ["special_zero": "false"], [scaled, sizes], as: .float16)
    return convert(joined, to: .float32)
  }

  private mutating func convert(_ input: Port, to element: IRWriter.Element) -> Port {
    file.add("Convert", 1, ["destination_type": element.rawValue], [input], as: element)
  }

  private mutating func combine(_ operation: String, _ first: Port, _ second: Port) -> Port {
    file.add(operation, 1, ["auto_broadcast": "numpy"], [first, second], as: first.element)
  }

  private mutating func gather(_ input: Port, _ indices: Port) -> Port {
    let axis = file.integer(0)
    return file.add("Gather", 8, ["batch_dims": "0"], [input, indices, axis], as: input.element)
  }

  private mutating func size(of input: Port, at index: Port) -> Port {
    gather(file.add("ShapeOf", 3, ["output_type": "i64"], [input], as: .int64), index)
  }

  private mutating func reshape(_ input: Port, _ sizes: [Int]) -> Port {
    let sizes = file.integers(sizes)
    return file.add("Reshape", 1, ["special_zero": "true"], [input, sizes], as: input.element)
  }

  private mutating func transpose(_ input: Port, _ order: [Int]) -> Port {
    let order = file.integers(order)
    return file.add("Transpose", 1, [:], [input, order], as: input.element)
  }

  private mutating func slice(_ input: Port, from start: Int, to end: Int) -> Port {
    let bounds = (file.integers([start]), file.integers([end]), file.integers([1]), file.integers([3]))
    return file.add("Slice", 8, [:], [input, bounds.0, bounds.1, bounds.2, bounds.3], as: input.element)
  }
}
