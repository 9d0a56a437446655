import JSON
import Service
import TestSupport
import Testing

@Suite("The model methods")
struct ModelMethodTests {
  let router = Router()

  @Test("answer for every model of the list within their schema")
  func catalogue() async throws {
    let list = try await router.answer("model/list", nil)
    #expect(ModelList.reply.violations(in: list).isEmpty)
    let models = try #require(list["models"]?.array)
    #expect(models.count == 44)
    for model in models {
      let name = try #require(model["name"])
      let reply = try await router.answer("model/inspect", ["model": name])
      #expect(ModelInspect.reply.violations(in: reply).isEmpty, "\(name)")
      #expect(reply["model"]?["parameterCount"] == model["parameterCount"])
    }
  }

  @Test("inspect a file, with its metadata and tensors, within the schema")
  func file() async throws {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.small.bytes(), to: "small.gguf")
    let path = JSON.string(tree.path + "/small.gguf")
    let reply = try await router.answer(
      "model/inspect", ["model": path, "include": ["metadata", "tensors"], "kvFormat": "q8_0"])
    #expect(ModelInspect.reply.violations(in: reply).isEmpty)
    #expect(reply["metadata"]?.array?.count == GGUFWriter.small.metadata.count)
    #expect(reply["tensors"]?.array?.count == 3)
    let plain = try await router.answer("model/inspect", ["model": path, "include": []])
    #expect(plain["metadata"] == nil)
    #expect(plain["tensors"] == nil)
  }

  @Test("answer for every hostile file with a failure that names the byte", arguments: GGUFFlaw.all)
  func hostile(flaw: GGUFFlaw) async throws {
    let tree = try FileTree([:])
    try tree.write(flaw.bytes, to: "flaw.gguf")
    do {
      _ = try await router.answer("model/inspect", ["model": .string(tree.path + "/flaw.gguf")])
      Issue.record("no failure")
    } catch {
      #expect(error.name == .modelMalformed || error.name == .modelUnsupported)
      #expect(error.data?["byteOffset"] == .string("\(flaw.byteOffset)"), "\(error)")
      #expect(error.message.utf8.count < 2000)
    }
  }

  @Test("answer for files with numbers that are not numbers or absurdly large")
  func absurdNumbers() async throws {
    let tree = try FileTree([:])
    let writers = [
      GGUFWriter.small.setting("llama.rope.freq_base", .float32(.nan)),
      GGUFWriter.small.setting("llama.attention.layer_norm_rms_epsilon", .float64(.infinity)),
      GGUFWriter.small.setting("test.float64", .float64(-.infinity)),
      GGUFWriter.small.setting("llama.embedding_length", .uint64(.max)),
      GGUFWriter.small.setting("llama.embedding_length", .uint64(UInt64(Int64.max))),
      GGUFWriter.small.setting("llama.context_length", .uint64(UInt64(Int64.max))),
      GGUFWriter.small.setting("llama.context_length", .int32(-1)),
      GGUFWriter.small.setting("llama.block_count", .uint32(.max)),
      GGUFWriter.small.setting("llama.attention.head_count", .uint64(UInt64(Int64.max))),
      GGUFWriter.small.setting("llama.attention.head_count", .uint32(0)),
      GGUFWriter.small.setting("general.name", .string(String(repeating: "n", count: 100_000))),
      GGUFWriter.small.setting("general.architecture", .string(String(repeating: "a", count: 100_000))),
      GGUFWriter.small.setting("llama.feed_forward_length", .array(4, Array(repeating: .uint32(1), count: 5000))),
    ]
    for (index, writer) in writers.enumerated() {
      try tree.write(writer.bytes(), to: "absurd.gguf")
      let reply = try await router.answer("model/inspect", ["model": .string(tree.path + "/absurd.gguf")])
      #expect(ModelInspect.reply.violations(in: reply).isEmpty, "\(index)")
      #expect(try reply.text().utf8.count < 60_000, "\(index)")
    }
  }

  @Test("give what their examples show", arguments: [ModelInspect.examples, ModelList.examples].flatMap { $0 }.indices)
  func examples(index: Int) async throws {
    let all = ModelInspect.examples.map { (ModelInspect.name, $0) } + ModelList.examples.map { (ModelList.name, $0) }
    let (method, example) = all[index]
    do {
      let reply = try await router.answer(method, example.params)
      #expect(example.failure == nil)
      for (pointer, value) in example.shows {
        let found = pointer.split(separator: "/").reduce(Optional(reply)) { value, key in
          Int(key).flatMap { value?[$0] } ?? value?[String(key)]
        }
        #expect(found == value, "\(pointer)")
      }
    } catch {
      #expect(error.name == example.failure)
    }
  }
}
