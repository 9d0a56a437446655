import TensorFormats

extension GGUFWriter {
  /// A valid file of less than 2 KB with every kind of metadata value, of a llama that shares heads and ties its output.
  package static var small: GGUFWriter {
    var writer = GGUFWriter()
    writer.metadata = [
      ("general.architecture", .string("llama")), ("general.name", .string("Small")), ("general.file_type", .uint32(7)),
      ("llama.block_count", .uint32(1)), ("llama.context_length", .uint32(128)),
      ("llama.embedding_length", .uint32(64)),
      ("llama.feed_forward_length", .uint32(96)), ("llama.attention.head_count", .uint32(4)),
      ("llama.attention.head_count_kv", .uint32(2)), ("llama.attention.layer_norm_rms_epsilon", .float32(1e-5)),
      ("llama.rope.dimension_count", .uint32(16)), ("llama.rope.freq_base", .float32(10000)),
      ("tokenizer.ggml.model", .string("gpt2")), ("tokenizer.ggml.pre", .string("llama-bpe")),
      ("tokenizer.ggml.tokens", .array(8, [.string("a"), .string("b"), .string("ab"), .string("<s>")])),
      ("tokenizer.ggml.token_type", .array(5, [.int32(1), .int32(1), .int32(1), .int32(3)])),
      ("tokenizer.ggml.merges", .array(8, [.string("a b")])), ("tokenizer.chat_template", .string("{{ messages }}")),
      ("test.uint8", .uint8(200)), ("test.int8", .int8(-100)), ("test.uint16", .uint16(60000)),
      ("test.int16", .int16(-30000)), ("test.int32", .int32(-2_000_000_000)), ("test.bool", .bool(true)),
      ("test.uint64", .uint64(.max)), ("test.int64", .int64(.min)), ("test.float64", .float64(0.1)),
      ("test.nested", .array(9, [.array(4, [.uint32(1), .uint32(2)]), .array(4, [.uint32(3)])])),
    ]
    writer.tensors = [
      Tensor("token_embd.weight", [64, 4], .q8_0, seed: 1), Tensor("output_norm.weight", [64], .f32, seed: 2),
      Tensor("blk.0.attn_q.weight", [32, 2], .q4_0, seed: 3),
    ]
    return writer
  }

  /// `small` with the value of one key replaced, or the key added at the end.
  package func setting(_ key: String, _ value: Value) -> GGUFWriter {
    var writer = self
    if let index = metadata.firstIndex(where: { $0.key == key }) {
      writer.metadata[index].value = value
    } else {
      writer.metadata.append((key, value))
    }
    return writer
  }

  /// The file without one key.
  package func removing(_ key: String) -> GGUFWriter {
    var writer = self
    writer.metadata.removeAll { $0.key == key }
    return writer
  }

  /// Part `index` (from 0) of `count`, holding the given tensors.
  package static func part(_ index: Int, of count: Int, tensors: [Tensor], total: Int) -> GGUFWriter {
    var writer = index == 0 ? small : GGUFWriter()
    writer.tensors = tensors
    writer.metadata += [
      ("split.no", .uint16(UInt16(index))), ("split.count", .uint16(UInt16(count))),
      ("split.tensors.count", .int32(Int32(total))),
    ]
    return writer
  }
}
