import Inference
import Kernels
import ModelFiles
import TensorFormats
import TestSupport
import Testing

@Suite("Weights that are no numbers, and parts that are cut short")
struct DamagedWeightTests {
  /// The bytes of a fixture.
  private func bytes(_ name: String) throws -> [UInt8] {
    try #require(Repository.bytes("Tests/InferenceTests/Fixtures/" + name + ".gguf"))
  }

  /// Overwrites `pattern` into a row of a tensor, `offset` bytes from the row's beginning.
  private func damaged(
    _ name: String, tensor: String, row: Int, offset: Int = 0, _ pattern: [UInt8]
  ) throws -> Model {
    var bytes = try bytes(name)
    let file = try GGUFFile.parse(bytes)
    let place = try #require(file.tensor(named: tensor))
    let begin = place.byteOffset + row * (place.byteCount / place.rows) + offset
    bytes.replaceSubrange(begin..<begin + pattern.count, with: pattern)
    return try Model(file: GGUFFile.parse(bytes))
  }

  private static let nan: [UInt8] = [0, 0, 0xc0, 0x7f]
  private static let infinity: [UInt8] = [0, 0, 0x80, 0xff]
  private static let halfInfinity: [UInt8] = [0, 0x7c]

  @Test("a norm or bias with such a number is refused at load by tensor and row")
  func vectors() throws {
    let error = InferenceError.notFinite(tensor: "blk.0.attn_norm.weight", row: 0, found: "nan")
    #expect(throws: error) {
      try damaged("f32-grouped-tied", tensor: "blk.0.attn_norm.weight", row: 0, offset: 12, Self.nan)
    }
    #expect(error.description.contains("\"blk.0.attn_norm.weight\" has nan in row 0"))
    #expect(throws: InferenceError.notFinite(tensor: "blk.1.ffn_up_exps.bias", row: 3, found: "-inf")) {
      try damaged("architectures/gpt-oss", tensor: "blk.1.ffn_up_exps.bias", row: 3, Self.infinity)
    }
  }

  @Test(
    "a matrix with such a number is found when logits come out wrong, by tensor and row",
    arguments: [
      ("f32-grouped-tied", "blk.1.ffn_down.weight", 7, 8, DamagedWeightTests.nan, "nan"),
      ("f32-grouped-tied", "blk.0.attn_k.weight", 3, 0, DamagedWeightTests.infinity, "-inf"),
      ("f32-multi-separate", "output.weight", 47, 0, DamagedWeightTests.nan, "nan"),
      // The scale of the block.
      ("q8_0-grouped-separate", "blk.0.attn_v.weight", 11, 0, DamagedWeightTests.halfInfinity, "inf"),
      ("q4_0-multi-separate", "blk.0.ffn_gate.weight", 0, 0, DamagedWeightTests.halfInfinity, "-inf"),
      ("architectures/llama-experts", "blk.0.ffn_gate_inp.weight", 2, 0, DamagedWeightTests.nan, "nan"),
      ("architectures/gemma2", "blk.2.attn_q.weight", 1, 0, DamagedWeightTests.infinity, "-inf"),
      ("architectures/gemma2", "token_embd.weight", 1, 0, DamagedWeightTests.infinity, "-inf"),
    ])
  func matrices(_ fixture: String, _ tensor: String, _ row: Int, _ offset: Int, _ pattern: [UInt8], _ found: String)
    throws
  {
    let model = try damaged(fixture, tensor: tensor, row: row, offset: offset, pattern)
    for kernels in KernelSet.usable {
      let session = try Session(model: model, kernels: kernels, team: ThreadTeam(threads: 2), contextTokens: 32)
      let error = #expect(throws: InferenceError.self) { try session.prefill([1, 2, 3, 4, 5, 6, 7, 8, 9]) }
      guard case .notFinite(tensor, row, let value) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(value == found || value == "inf" || value == "nan")
      #expect(session.position == 0)
      #expect(throws: InferenceError.self) { try session.decode(1) }
    }
  }

  @Test("an expert is named by its row over all experts")
  func experts() throws {
    let fixture = try #require(ArchitectureFixture.all.first { $0.name == "qwen3moe" })
    // Every expert's first row: whichever are chosen, one is met.
    var bytes = try bytes("architectures/qwen3moe")
    let tensor = try #require(GGUFFile.parse(bytes).tensor(named: "blk.0.ffn_up_exps.weight"))
    for expert in 1..<tensor.shape[2] {
      let begin = tensor.byteOffset + expert * tensor.shape[1] * tensor.shape[0] * 4
      bytes.replaceSubrange(begin..<begin + 4, with: Self.nan)
    }
    let session = try Session(
      model: Model(file: GGUFFile.parse(bytes)), kernels: KernelSet.select(), team: ThreadTeam(threads: 1),
      contextTokens: 32)
    #expect(throws: InferenceError.notFinite(tensor: tensor.name, row: tensor.shape[1], found: "nan")) {
      try session.prefill(fixture.prompt)
    }
  }

  @Test("activations that overflow while all weights are numbers are told apart")
  func overflow() throws {
    // 2^127 in an output row: finite, but not what it adds up to.
    var bytes = try bytes("f32-multi-separate")
    let tensor = try #require(GGUFFile.parse(bytes).tensor(named: "output.weight"))
    for column in 0..<tensor.columns {
      let begin = tensor.byteOffset + 4 * column
      bytes.replaceSubrange(begin..<begin + 4, with: [0xff, 0xff, 0x7f, 0x7f])
    }
    let session = try Session(
      model: Model(file: GGUFFile.parse(bytes)), kernels: KernelSet.select(), team: ThreadTeam(threads: 1),
      contextTokens: 8)
    #expect(throws: InferenceError.overflow(token: 3)) { try session.prefill([1, 2, 3]) }
    #expect(InferenceError.overflow(token: 3).description.contains("although all weights are"))
  }

  @Test("a split model runs like the whole one, and a part that is cut short or gone is named")
  func split() throws {
    let whole = try GGUFFile.parse(bytes("f32-grouped-tied"))
    let tensors = whole.tensors.map {
      GGUFWriter.Tensor(
        $0.name, $0.shape.map(UInt64.init), format: UInt32($0.format.id), bytes: Array(whole.bytes(of: $0)))
    }
    let tree = try FileTree([:])
    let half = tensors.count / 2
    var first = GGUFWriter.part(0, of: 2, tensors: Array(tensors[..<half]), total: tensors.count)
    first.metadata.removeAll { !$0.key.hasPrefix("split.") }
    first.metadata += [
      ("general.architecture", .string("llama")), ("llama.block_count", .uint32(2)),
      ("llama.context_length", .uint32(64)), ("llama.embedding_length", .uint32(32)),
      ("llama.feed_forward_length", .uint32(64)), ("llama.attention.head_count", .uint32(4)),
      ("llama.attention.head_count_kv", .uint32(2)), ("llama.attention.layer_norm_rms_epsilon", .float32(1e-5)),
    ]
    let second = GGUFWriter.part(1, of: 2, tensors: Array(tensors[half...]), total: tensors.count).bytes()
    try tree.write(first.bytes(), to: "model-00001-of-00002.gguf")
    try tree.write(second, to: "model-00002-of-00002.gguf")
    let path = tree.path + "/model-00001-of-00002.gguf"

    func logits(_ model: Model) throws -> [Float] {
      let session = try Session(
        model: model, kernels: KernelSet.select(), team: ThreadTeam(threads: 1), contextTokens: 8)
      try session.prefill([1, 2, 3])
      return session.logits
    }
    #expect(try logits(Model.open(path: path)) == logits(Model(file: whole)))

    for count in [0, 3, 24, 100, second.count / 2, second.count - 33] {
      try tree.write(Array(second[..<count]), to: "model-00002-of-00002.gguf")
      let error = #expect(throws: InferenceError.self) { try Model.open(path: path) }
      #expect(
        error?.description.contains("model-00002-of-00002.gguf") == true, "\(count): \(String(describing: error))")
    }
  }
}
