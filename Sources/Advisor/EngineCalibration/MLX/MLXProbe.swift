/// A small llama as the safetensors file of an MLX folder.
struct MLXProbe {
  /// Integers of some bits in words of 32, with a scale and a bias in bfloat16 for each group of a row.
  struct Packing: Hashable {
    let bits: Int
    let group: Int
  }

  private let model: ProbeModel
  /// nil for weights in bfloat16.
  private let packing: Packing?

  init(_ model: ProbeModel, _ packing: Packing?) {
    (self.model, self.packing) = (model, packing)
  }

  /// The file's stretches, the header first.
  func file() -> [ProbeBytes] {
    let tensors = tensors()
    var entries = ["\"__metadata__\":{\"format\":\"mlx\"}"]
    var offset = 0
    for tensor in tensors {
      let end = offset + tensor.bytes.byteCount
      let sizes = tensor.sizes.map(String.init).joined(separator: ",")
      entries.append(
        "\"\(tensor.name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":[\(sizes)],\"data_offsets\":[\(offset),\(end)]}")
      offset = end
    }
    var text = Array("{\(entries.joined(separator: ","))}".utf8)
    text += [UInt8](repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
    return [ProbeBytes([Int64(text.count)]), ProbeBytes(text)] + tensors.map(\.bytes)
  }

  private struct Tensor {
    let name: String
    let type: String
    let sizes: [Int]
    let bytes: ProbeBytes
  }

  private func tensors() -> [Tensor] {
    let (hidden, size) = (model.hidden, ProbeModel.headSize)
    var result = matrix("model.embed_tokens", model.vocabulary, hidden) + [norm("model.norm")]
    for layer in 0..<model.layers {
      let prefix = "model.layers.\(layer)."
      result += [norm(prefix + "input_layernorm"), norm(prefix + "post_attention_layernorm")]
      result += matrix(prefix + "self_attn.q_proj", model.heads * size, hidden)
      result += matrix(prefix + "self_attn.k_proj", model.kvHeads * size, hidden)
      result += matrix(prefix + "self_attn.v_proj", model.kvHeads * size, hidden)
      result += matrix(prefix + "self_attn.o_proj", hidden, model.heads * size)
      result += matrix(prefix + "mlp.gate_proj", model.inner, hidden)
      result += matrix(prefix + "mlp.up_proj", model.inner, hidden)
      result += matrix(prefix + "mlp.down_proj", hidden, model.inner)
    }
    return result
  }

  private func norm(_ name: String) -> Tensor {
    Tensor(
      name: name + ".weight", type: "BF16", sizes: [model.hidden],
      bytes: ProbeBytes(halves: 0x3f80, count: model.hidden))
  }

  private func matrix(_ name: String, _ rows: Int, _ columns: Int) -> [Tensor] {
    guard let packing else {
      return [
        Tensor(
          name: name + ".weight", type: "BF16", sizes: [rows, columns],
          bytes: ProbeBytes(.bfloat16, byteCount: 2 * rows * columns))
      ]
    }
    let groups = columns / packing.group
    // A scale of 2^-6 over the largest integer's power of two, and a bias of -2^-7, so that weights lie around zero.
    let scale = UInt16(127 - 6 - packing.bits) << 7
    return [
      Tensor(
        name: name + ".weight", type: "U32", sizes: [rows, columns * packing.bits / 32],
        bytes: ProbeBytes(.random, byteCount: rows * columns * packing.bits / 8)),
      Tensor(
        name: name + ".scales", type: "BF16", sizes: [rows, groups],
        bytes: ProbeBytes(halves: scale, count: rows * groups)),
      Tensor(
        name: name + ".biases", type: "BF16", sizes: [rows, groups],
        bytes: ProbeBytes(halves: 0x8000 | UInt16(127 - 7) << 7, count: rows * groups)),
    ]
  }
}
