import Inference
import Kernels
import ModelFiles
import TensorFormats
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Weights that are copied at load")
struct WeightCopyTests {
  private func copied(
    _ path: String, threads: Int = 3, kernels: KernelSet? = nil, limit: Int? = nil, cancellation: Cancellation? = nil
  ) throws -> Model {
    try Model.open(
      path: path, copyingWith: ThreadTeam(threads: threads), for: kernels ?? KernelSet.select(),
      memoryLimitBytes: limit, cancellation: cancellation)
  }

  private func logits(
    _ model: Model, _ tokens: [Int] = [1, 2, 3, 4, 5], kernels: KernelSet? = nil
  ) throws -> [Float] {
    let session = try Session(
      model: model, kernels: kernels ?? KernelSet.select(), team: ThreadTeam(threads: 1), contextTokens: 64)
    try session.prefill(tokens)
    try session.decode(session.greedyToken)
    return Array(session.logits)
  }

  /// A model whose table takes three pieces of the copying; its output is the table.
  private func large() throws -> GGUFWriter {
    let fixture = try GGUFFile.open(path: ReferenceFixture.folder + "f32-grouped-tied.gguf")
    let rows = 80_000
    var writer = GGUFWriter()
    writer.metadata = [
      ("general.architecture", .string("llama")), ("llama.block_count", .uint32(2)),
      ("llama.context_length", .uint32(64)), ("llama.embedding_length", .uint32(32)),
      ("llama.feed_forward_length", .uint32(64)), ("llama.attention.head_count", .uint32(4)),
      ("llama.attention.head_count_kv", .uint32(2)), ("llama.attention.layer_norm_rms_epsilon", .float32(1e-5)),
    ]
    writer.tensors = fixture.tensors.map { tensor in
      let bytes = Array(fixture.bytes(of: tensor))
      guard tensor.name == "token_embd.weight" else {
        return .init(tensor.name, tensor.shape.map(UInt64.init), format: tensor.format.id, bytes: bytes)
      }
      // Numbers between a quarter and a half, different in every row.
      var random = SplitMix(state: 7)
      var table: [UInt8] = []
      table.reserveCapacity(rows * 128)
      for _ in 0..<rows * 32 {
        let bits = UInt32(truncatingIfNeeded: random.next()) & 0x807f_ffff | 0x3e80_0000
        withUnsafeBytes(of: bits.littleEndian) { table.append(contentsOf: $0) }
      }
      return .init(tensor.name, [32, UInt64(rows)], format: TensorFormat.f32.id, bytes: table)
    }
    return writer
  }

  @Test(
    "give the logits of the mapped file, strips within the rounding of activations and others to the last bit: tied, fused, experts, every format",
    arguments: ReferenceFixture.all.map(\.path) + ArchitectureFixture.all.map(\.path))
  func sameLogits(_ path: String) throws {
    let mapped = try Model.open(path: path)
    let copy = try copied(path, kernels: KernelSet(.scalar))
    #expect(mapped.weightPlacement == .mapped && mapped.weightCopySeconds == nil)
    #expect(copy.weightPlacement == .copied && copy.weightCopySeconds ?? 0 > 0)
    #expect(try logits(copy, kernels: KernelSet(.scalar)) == logits(mapped, kernels: KernelSet(.scalar)))
    let woven = try logits(copied(path))
    let expected = try logits(mapped)
    // Products with strips round activations otherwise, and up to twice as coarsely: to one of 64 to 127 codes.
    let range = (expected.max() ?? 0) - (expected.min() ?? 0)
    let worst = zip(woven, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst <= range / 25)
    #expect(copy.plan == mapped.plan && copy.residentWeightBytes == mapped.residentWeightBytes)
  }

  @Test("in several pieces are whole")
  func pieces() throws {
    let tree = try FileTree([:])
    try tree.write(large().bytes(), to: "large.gguf")
    let mapped = try Model.open(path: tree.path + "/large.gguf")
    // Tokens of every piece of the table.
    let tokens = [0, 32_767, 32_768, 65_535, 65_536, 79_999]
    let expected = try logits(mapped, tokens)
    for threads in [1, 4] {
      #expect(try logits(copied(tree.path + "/large.gguf", threads: threads), tokens) == expected)
    }
  }

  @Test("of a split file come from all of its parts")
  func split() throws {
    let whole = try large()
    let half = whole.tensors.count / 2
    let tree = try FileTree([:])
    var first = GGUFWriter.part(0, of: 2, tensors: Array(whole.tensors[..<half]), total: whole.tensors.count)
    first.metadata = first.metadata.filter { $0.key.hasPrefix("split.") } + whole.metadata
    try tree.write(first.bytes(), to: "model-00001-of-00002.gguf")
    let second = GGUFWriter.part(1, of: 2, tensors: Array(whole.tensors[half...]), total: whole.tensors.count)
    try tree.write(second.bytes(), to: "model-00002-of-00002.gguf")
    let path = tree.path + "/model-00001-of-00002.gguf"
    #expect(try logits(copied(path)) == logits(Model.open(path: path)))
  }

  @Test("stay in the file when they take more than half of the memory")
  func memoryLimit() throws {
    let path = ReferenceFixture.folder + "q4_k-multi-separate.gguf"
    let bytes = try GGUFFile.open(path: path).tensors.reduce(0) { $0 + $1.byteCount }
    for (limit, placement) in [
      (2 * bytes, WeightPlacement.copied), (2 * bytes - 1, .mapped), (0, .mapped), (nil, .copied),
    ] as [(Int?, WeightPlacement)] {
      let model = try copied(path, limit: limit)
      #expect(model.weightPlacement == placement)
      #expect(try logits(model) == logits(placement == .copied ? copied(path) : Model.open(path: path)))
    }
  }

  @Test("are not there when the copying was cancelled, at any piece", arguments: [1, 3])
  func cancelled(threads: Int) throws {
    let tree = try FileTree([:])
    try tree.write(large().bytes(), to: "large.gguf")
    let all = Cancellation(allowance: .max)
    _ = try copied(tree.path + "/large.gguf", threads: threads, cancellation: all)
    #expect(all.looksTaken > 3)
    for allowance in 0..<all.looksTaken {
      #expect(throws: InferenceError.cancelled) {
        try copied(tree.path + "/large.gguf", threads: threads, cancellation: Cancellation(allowance: allowance))
      }
    }
  }

  @Test("are what is run and looked through, even when the file is cut short or another one afterwards")
  func changedFile() throws {
    let fixture = try #require(Repository.bytes("Tests/InferenceTests/Fixtures/f32-grouped-tied.gguf"))
    let place = try #require(GGUFFile.parse(fixture).tensor(named: "blk.1.ffn_down.weight"))
    var damaged = fixture
    let begin = place.byteOffset + 7 * place.byteCount / place.rows
    damaged.replaceSubrange(begin..<begin + 4, with: [0, 0, 0xc0, 0x7f])
    let tree = try FileTree([:])
    let path = tree.path + "/model.gguf"
    let found = InferenceError.notFinite(tensor: "blk.1.ffn_down.weight", row: 7, found: "nan")

    try tree.write(damaged, to: "model.gguf")
    let broken = try copied(path)
    #expect(throws: found) { try logits(broken) }
    try tree.write(fixture, to: "model.gguf")
    #expect(throws: found) { try logits(broken) }

    let whole = try copied(path)
    let expected = try logits(whole)
    #expect(truncate(path, 100) == 0)
    #expect(try logits(whole) == expected)
    #expect(throws: found) { try logits(broken) }
  }
}
