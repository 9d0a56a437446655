import Evidence
import JSON
import ModelFiles
import TestSupport
import Testing

@testable import Advisor

@Suite("Fitting the files of a model")
struct FitFilesTests {
  private let advisor = Advisor()

  private func fit(_ model: String, _ change: (inout FitQuestion) -> Void = { _ in }) throws -> FitAnswer {
    var question = FitQuestion(model: model)
    question.contexts = [256]
    change(&question)
    return try advisor.fit(question, basis: MadeUpMachine.basis(try MadeUpMachine.profile()))
  }

  private static let config = """
    {"architectures":["Qwen3ForCausalLM"],"model_type":"qwen3","hidden_size":256,"intermediate_size":512,\
    "num_hidden_layers":2,"num_attention_heads":4,"num_key_value_heads":2,"head_dim":64,"vocab_size":1024,\
    "max_position_embeddings":2048,"tie_word_embeddings":true
    """

  /// A folder of the shape of `config` whose matrices have an eighth of the columns when `bits` are packed into 32.
  private func folder(_ more: String = "", packs bits: Int? = nil) throws -> FileTree {
    let tree = try FileTree(["config.json": Self.config + more + "}"])
    func matrix(_ name: String, _ rows: Int, _ columns: Int) -> [SafetensorsWriter.Tensor] {
      guard let bits else { return [.init(name + ".weight", "BF16", [rows, columns])] }
      return [
        .init(name + ".weight", "U32", [rows, columns * bits / 32]),
        .init(name + ".scales", "BF16", [rows, columns / 64]),
        .init(name + ".biases", "BF16", [rows, columns / 64]),
      ]
    }
    var tensors = matrix("model.embed_tokens", 1024, 256) + [.init("model.norm.weight", "BF16", [256])]
    for layer in 0..<2 {
      let name = "model.layers.\(layer)."
      tensors += matrix(name + "self_attn.q_proj", 256, 256) + matrix(name + "self_attn.k_proj", 128, 256)
      tensors += matrix(name + "self_attn.v_proj", 128, 256) + matrix(name + "self_attn.o_proj", 256, 256)
      tensors += matrix(name + "mlp.gate_proj", 512, 256) + matrix(name + "mlp.up_proj", 512, 256)
      tensors += matrix(name + "mlp.down_proj", 256, 512)
      for (norm, width) in [
        ("input_layernorm", 256), ("post_attention_layernorm", 256), ("self_attn.q_norm", 64), ("self_attn.k_norm", 64),
      ] { tensors.append(.init(name + norm + ".weight", "BF16", [width])) }
    }
    try tree.write(SafetensorsWriter(tensors).bytes(), to: "model.safetensors")
    return tree
  }

  @Test("weights as they were trained are shown in their own format and in those that a converter makes")
  func plain() throws {
    let tree = try folder()
    for path in [tree.path, tree.path + "/model.safetensors"] {
      let answer = try fit(path)
      #expect(answer.engine == "llama.cpp")
      let formats = ["BF16"] + FitQuestion.defaultFormats.filter { $0 != "F16" }
      #expect(Set(answer.rows.map(\.format)) == Set(formats))
      #expect(answer.assumptions.contains { $0.what.contains("converted for llama.cpp first") })
    }
    #expect(try fit(tree.path) { $0.engine = .mlx }.rows.map(\.format) == ["BF16"])
    #expect(try fit(tree.path) { $0.formats = ["Q8_0"] }.rows.map(\.format) == ["Q8_0"])
  }

  @Test("the weights of a folder in another format are those of the converted file, tensor by tensor")
  func converted() throws {
    let tree = try folder()
    let memory = try advisor.memoryModel(tree.path, format: "Q8_0")
    // 34 bytes for 32 values; the norms stay in F32.
    let matrices = 1024 * 256 + 2 * (2 * 256 * 256 + 2 * 128 * 256 + 3 * 512 * 256)
    #expect(memory.weights?.bytes.value == Double(matrices / 32 * 34 + 4 * (256 + 2 * (512 + 128))))
    #expect(memory.weights?.bytes.evidence == .computed)
    let forecast = memory.forecast(MemorySettings(contextTokens: 256))
    #expect(forecast.quantity(.computeBuffer)?.low == nil, "the graph is known")
  }

  @Test("weights that MLX packed are those of MLX, at their own bytes")
  func packed() throws {
    let tree = try folder(#","quantization":{"group_size":64,"bits":4}"#, packs: 4)
    let answer = try fit(tree.path)
    #expect(answer.engine == "mlx" && answer.rows.map(\.format) == ["MLX 4-bit g64"])
    #expect(answer.rows[0].quality.loss != .unknown || answer.rows[0].quality.because.contains("Nothing is published"))
    #expect(answer.next.allSatisfy { $0.params?["format"] == nil })
    let speed = try advisor.predictSpeed(
      SpeedQuestion(model: tree.path), basis: MadeUpMachine.basis(try MadeUpMachine.profile()))
    #expect(speed.weightBytes == (try advisor.describe(model: tree.path)).weightBytes)
    #expect(speed.assumptions.contains { $0.what.contains("byte for byte") })
    let forced = try fit(tree.path) { $0.engine = .llamaCpp }
    #expect(forced.assumptions.contains { $0.what.contains("llama.cpp runs weights like these") })
  }

  @Test("a changed configuration beside unchanged weights is read anew")
  func changed() throws {
    let tree = try folder()
    let before = try fit(tree.path) { $0.formats = ["Q8_0"] }
    try tree.write(
      Array((Self.config.replacing("\"num_hidden_layers\":2", with: "\"num_hidden_layers\":12") + "}").utf8),
      to: "config.json")
    let after = try fit(tree.path) { $0.formats = ["Q8_0"] }
    #expect(after.rows[0].memoryBytes.value > before.rows[0].memoryBytes.value)
    #expect(after.rows[0].decodeTokensPerSecond.value < before.rows[0].decodeTokensPerSecond.value)
  }

  @Test("a configuration without weights is shown as a name of the catalogue is")
  func configurationAlone() throws {
    let tree = try FileTree(["config.json": Self.config + "}"])
    #expect(try fit(tree.path).rows.count == FitQuestion.defaultFormats.count)
  }

  @Test(
    "what passes no token after the other is refused by what it is",
    arguments: [
      ("adapter_config.json", #"{"r":8,"peft_type":"LORA"}"#, "an adapter"),
      ("model_index.json", #"{"_class_name":"FluxPipeline"}"#, "an image generator"),
      (
        "config.json", #"{"model_type":"whisper","architectures":["WhisperForConditionalGeneration"]}"#,
        "a speech model"
      ),
    ])
  func others(name: String, text: String, what: String) throws {
    let tree = try FileTree([name: text])
    let refusal = try #require(throws: Refusal.self) { try fit(tree.path) }
    #expect(refusal.kind == .modelUnsupported && refusal.message.contains(what))
  }

  @Test("a shape that is not known is refused with what is missing")
  func missing() throws {
    let tree = try FileTree(["config.json": #"{"model_type":"qwen3","hidden_size":64}"#])
    let refusal = try #require(throws: Refusal.self) { try fit(tree.path) }
    #expect(refusal.message.contains("does not tell the number of layers"))
    let graph = Repository.root + "/Tests/ModelFilesTests/Fixtures/nbits.onnx"
    let other = try #require(throws: Refusal.self) { try fit(graph) }
    #expect(other.message.contains("does not tell the architecture"))
  }
}
