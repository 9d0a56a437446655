import Advisor
import Inference
import JSON
import Kernels
import ModelFiles
import TestSupport
import Testing

@Suite("A file that is made up")
struct SynthesisTests {
  static let shape: JSON = [
    "architecture": "llama", "layers": 2, "hiddenSize": 256, "feedForwardSize": 512, "heads": 4, "kvHeads": 2,
    "vocabularySize": 300, "contextTokens": 128,
  ]

  private func write(_ request: SynthesisRequest, cancellation: Cancellation = Cancellation()) throws -> SynthesisReport
  {
    let advisor = Advisor()
    return try advisor.synthesize(
      try advisor.planSynthesis(request), cancellation: cancellation, progress: .ignored)
  }

  @Test(
    "is read and bound by the engine in each format that it runs", arguments: ["F16", "Q8_0", "Q4_0", "Q4_K_M", "Q6_K"])
  func runs(_ format: String) throws {
    let tree = try FileTree([:])
    var request = SynthesisRequest(output: tree.path + "/small.gguf")
    request.shape = Self.shape
    request.format = format
    let report = try write(request)
    let file = try GGUFFile.open(path: request.output)
    #expect(file.fileBytes == report.fileBytes)
    let model = try Model(file: file)
    #expect(model.shape.layers == 2)
  }

  @Test("is not there when it was cancelled, and neither is a part of it")
  func cancelled() throws {
    let tree = try FileTree([:])
    var request = SynthesisRequest(output: tree.path + "/small.gguf")
    request.shape = Self.shape
    #expect(throws: Cancelled.self) { try write(request, cancellation: Cancellation(allowance: 3)) }
    #expect(tree.names() == [])
  }

  @Test("replaces a GGUF file when told so, and nothing else ever")
  func overwriting() throws {
    let tree = try FileTree([:])
    var request = SynthesisRequest(output: tree.path + "/small.gguf")
    request.shape = Self.shape
    _ = try write(request)
    #expect(throws: Refusal.self) { try write(request) }
    request.overwrite = true
    _ = try write(request)
    try tree.write(Array("a letter".utf8), to: "letter.gguf")
    request.output = tree.path + "/letter.gguf"
    #expect(throws: Refusal.self) { try write(request) }
    request.output = tree.path + "/absent/small.gguf"
    #expect(throws: Refusal.self) { try write(request) }
    request.output = tree.path + "/small.txt"
    #expect(throws: Refusal.self) { try write(request) }
  }

  @Test("falls into parts that are read as one model")
  func split() throws {
    let tree = try FileTree([:])
    var request = SynthesisRequest(output: tree.path + "/small.gguf")
    request.shape = Self.shape
    request.format = "F32"
    request.splitBytes = 1 << 20
    let report = try write(request)
    #expect(report.files.count > 1)
    let file = try GGUFFile.open(path: report.files[1])
    #expect(file.tensors.count == report.tensorCount && file.split?.count == report.files.count)
  }

  @Test("takes a file's tensors in another format, vocabulary included")
  func like() throws {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.small.bytes(), to: "small.gguf")
    var request = SynthesisRequest(output: tree.path + "/other.gguf")
    request.model = tree.path + "/small.gguf"
    request.format = "F32"
    _ = try write(request)
    let (old, new) = (try GGUFFile.open(path: request.model ?? ""), try GGUFFile.open(path: request.output))
    #expect(new.tensors.map(\.name) == old.tensors.map(\.name))
    #expect(
      new.metadata["tokenizer.ggml.tokens"]?.array?.strings() == old.metadata["tokenizer.ggml.tokens"]?.array?.strings()
    )
  }

  @Test("repeats layers only when told so")
  func layers() throws {
    var request = SynthesisRequest(output: "small.gguf")
    request.shape = Self.shape
    request.layers = 5
    #expect(throws: Refusal.self) { try Advisor().planSynthesis(request) }
    request.repeatsLayers = true
    _ = try Advisor().planSynthesis(request)
  }

  @Test("takes no room when it is sparse, whatever its size")
  func sparse() throws {
    let tree = try FileTree([:])
    var request = SynthesisRequest(output: tree.path + "/big.gguf")
    request.model = "llama-3.1-8b"
    request.sparse = true
    let report = try write(request)
    #expect(report.fileBytes > 4 << 30)
    #expect(try ModelFile.describe(path: request.output).weightBytes == report.weightBytes)
  }

  @Test("follows a config.json")
  func config() throws {
    let tree = try FileTree([
      "config.json": """
      {"model_type": "qwen3", "num_hidden_layers": 2, "hidden_size": 256, "intermediate_size": 512, "head_dim": 64,
       "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 300, "tie_word_embeddings": true}
      """
    ])
    var request = SynthesisRequest(output: tree.path + "/small.gguf")
    request.model = tree.path + "/config.json"
    #expect(try write(request).architecture == "qwen3")
    for bad in ["[]", "{", #"{"model_type": "mamba9"}"#, #"{"model_type": "llama", "hidden_size": 1e99}"#] {
      try tree.write(Array(bad.utf8), to: "config.json")
      #expect(throws: Refusal.self) { try Advisor().planSynthesis(request) }
    }
  }
}
