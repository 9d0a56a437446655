import Inference
import ModelFiles
import TensorFormats
import TestSupport
import Testing

@Suite("Model files that cannot be run")
struct RefusalTests {
  /// A valid Llama of one layer: hidden 32, two heads of 16 that share one key head, 48 tokens.
  static var writer: GGUFWriter {
    var writer = GGUFWriter()
    writer.metadata = [
      ("general.architecture", .string("llama")), ("llama.block_count", .uint32(1)),
      ("llama.context_length", .uint32(64)), ("llama.embedding_length", .uint32(32)),
      ("llama.feed_forward_length", .uint32(64)), ("llama.attention.head_count", .uint32(2)),
      ("llama.attention.head_count_kv", .uint32(1)), ("llama.attention.layer_norm_rms_epsilon", .float32(1e-5)),
    ]
    writer.tensors = [
      tensor("token_embd.weight", [32, 48]), tensor("output_norm.weight", [32]),
      tensor("blk.0.attn_norm.weight", [32]), tensor("blk.0.attn_q.weight", [32, 32]),
      tensor("blk.0.attn_k.weight", [32, 16]), tensor("blk.0.attn_v.weight", [32, 16]),
      tensor("blk.0.attn_output.weight", [32, 32]), tensor("blk.0.ffn_norm.weight", [32]),
      tensor("blk.0.ffn_gate.weight", [32, 64]), tensor("blk.0.ffn_up.weight", [32, 64]),
      tensor("blk.0.ffn_down.weight", [64, 32]),
    ]
    return writer
  }

  private static func tensor(_ name: String, _ shape: [Int]) -> GGUFWriter.Tensor {
    GGUFWriter.Tensor(name, shape, .f32)
  }

  private func open(_ writer: GGUFWriter) throws -> Model { try Model(file: GGUFFile.parse(writer.bytes())) }

  private func refused(_ error: InferenceError, says: String, _ change: (inout GGUFWriter) -> Void) {
    var writer = Self.writer
    change(&writer)
    #expect(throws: error) { try open(writer) }
    #expect(error.description.contains(says), "\(error)")
  }

  @Test("the file that the others are made from can be run")
  func valid() throws {
    let shape = try open(Self.writer).shape
    #expect(shape.headSize == 16 && shape.kvHeads == 1 && shape.tiedOutput)
  }

  @Test("an unsupported architecture is named with those that are supported")
  func architecture() {
    refused(
      .unsupportedArchitecture("mamba"), says: "\"mamba\" is not supported; supported are gemma2, gemma3, gpt-oss"
    ) {
      $0 = $0.setting("general.architecture", .string("mamba"))
    }
  }

  @Test("an unsupported format is named with the tensor and those that are supported")
  func format() throws {
    var writer = Self.writer
    writer.tensors[3] = GGUFWriter.Tensor("blk.0.attn_q.weight", [32, 32], .q8_1)
    #expect {
      try open(writer)
    } throws: { error in
      guard case .unsupportedFormat("blk.0.attn_q.weight", .q8_1, let supported) = error as? InferenceError else {
        return false
      }
      return supported.contains(.q4_k) && "\(error)".contains("stored in Q8_1")
    }
  }

  @Test(
    "every missing tensor is named",
    arguments: RefusalTests.writer.tensors.map(\.name).filter { $0 != "token_embd.weight" })
  func missingTensor(_ name: String) {
    refused(.missingTensor(name), says: name) { $0.tensors.removeAll { $0.name == name } }
  }

  @Test("a tensor whose dimensions do not fit is named with both shapes")
  func tensorShape() {
    refused(
      .wrongTensorShape(tensor: "blk.0.attn_k.weight", expected: [32, 16], found: [32, 32]), says: "expected [32, 16]"
    ) { $0.tensors[4] = Self.tensor("blk.0.attn_k.weight", [32, 32]) }
    refused(.wrongTensorShape(tensor: "output_norm.weight", expected: [32], found: [16]), says: "[16]") {
      $0.tensors[1] = Self.tensor("output_norm.weight", [16])
    }
  }

  @Test("a layer's tensor that would be ignored is refused")
  func unexpected() {
    refused(.unexpectedTensor("blk.0.attn_q_norm.weight"), says: "blk.0.attn_q_norm.weight") {
      $0.tensors.append(Self.tensor("blk.0.attn_q_norm.weight", [16]))
    }
  }

  @Test("biases come all together or not at all")
  func someBiases() {
    refused(.missingTensor("blk.0.ffn_gate.bias"), says: "blk.0.ffn_gate.bias") {
      $0.tensors.append(Self.tensor("blk.0.ffn_down.bias", [32]))
    }
  }

  @Test("hyperparameters that are missing or impossible are named")
  func hyperparameters() {
    refused(.badHyperparameter(name: "block_count", expected: "a value", found: "nothing"), says: "block_count") {
      $0 = $0.removing("llama.block_count")
    }
    refused(.badHyperparameter(name: "layers", expected: "1 to 1024", found: "4000000000"), says: "1 to 1024") {
      $0 = $0.setting("llama.block_count", .uint32(4_000_000_000))
    }
    refused(
      .badHyperparameter(
        name: "attention.head_count", expected: "the same value in all layers", found: "[2, 4]"), says: "[2, 4]"
    ) { $0 = $0.setting("llama.attention.head_count", .array(4, [.uint32(2), .uint32(4)])) }
    refused(.badHyperparameter(name: "expert_used_count", expected: "a value", found: "nothing"), says: "expert_used") {
      $0 = $0.setting("llama.expert_count", .uint32(8))
    }
    refused(
      .badHyperparameter(
        name: "rope.scaling.type", expected: "none, linear, yarn, longrope or the factors of rope_freqs.weight",
        found: "dynamic"), says: "dynamic"
    ) { $0 = $0.setting("llama.rope.scaling.type", .string("dynamic")) }
    refused(.missingTensor("rope_factors_long.weight"), says: "rope_factors_long") {
      $0 = $0.setting("llama.rope.scaling.type", .string("longrope"))
    }
  }

  @Test("a file that is not there is an error of the reader")
  func noFile() {
    #expect {
      try Model.open(path: "/nowhere/model.gguf")
    } throws: { error in
      guard case .unreadable(let message) = error as? InferenceError else { return false }
      return message.contains("/nowhere/model.gguf")
    }
  }
}
