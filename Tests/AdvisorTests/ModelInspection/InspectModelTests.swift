import Advisor
import Evidence
import JSON
import Knowledge
import ModelFiles
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite("Inspecting a model")
struct InspectModelTests {
  let advisor = Advisor()

  @Test("works for every model of the catalogue", arguments: CatalogueModel.catalogue.records.map(\.id))
  func catalogue(name: String) throws {
    let report = try advisor.inspect(ModelInspection(model: name))
    #expect(report.model.origin == .catalogue)
    #expect(report.memory.settings.contextTokens <= 4096)
    #expect(report.memory.unknown.isEmpty)
    let weights = try #require(report.memory.quantity(.weights))
    #expect(report.memory.totalBytes.value > weights.value)
    #expect(report.memoryByContext.last?.contextTokens == report.model.hyperparameters.contextTokens)
    // The cache grows; the compute buffer, which has to find room, may be smaller in a longer context.
    let caches = report.memoryByContext.compactMap(\.kvCacheBytes?.value)
    #expect(caches.count == report.memoryByContext.count && caches == caches.sorted())
    #expect(report.quantizations.count == QuantizationRecord.catalogue.records.count)
    #expect(report.quantizations.allSatisfy { $0.weightBytes != nil && $0.verdict != .unknown })
    #expect(!report.assumptions.isEmpty && !report.next.isEmpty)
  }

  @Test("takes a name in any letter case, a repository, or a path", arguments: ["Llama-3.2-1B", "qwen/qwen3-4b"])
  func names(name: String) throws {
    #expect(try advisor.describe(model: name).origin == .catalogue)
  }

  @Test("reads a file by path, with its own sizes and lists")
  func file() throws {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.small.bytes(), to: "small.gguf")
    var question = ModelInspection(model: tree.path + "/small.gguf")
    question.includesTensors = true
    let report = try advisor.inspect(question)
    #expect(report.model.origin == .file)
    #expect(report.memory.settings.contextTokens == 128)
    #expect(report.memory.quantity(.weights)?.value == 564)
    #expect(report.memory.quantity(.weights)?.evidence == .computed)
    #expect(report.tensors?.map(\.name) == ["token_embd.weight", "output_norm.weight", "blk.0.attn_q.weight"])
    let metadata = try #require(report.metadata)
    #expect(metadata.map(\.key) == GGUFWriter.small.metadata.map(\.key))
    let tokens = try #require(metadata.first { $0.key == "tokenizer.ggml.tokens" })
    #expect(tokens.type == "string[]")
    #expect(tokens.count == 4)
    #expect(tokens.value == nil)
    #expect(metadata.first { $0.key == "test.uint64" }?.value == "18446744073709551615")
    #expect(report.next.contains { $0.method == "benchmark/run" })
  }

  @Test("computes the weights in another format when asked")
  func weightFormat() throws {
    var question = ModelInspection(model: "llama-3.1-8b")
    question.weightFormat = "Q8_0"
    let bytes = try #require(try advisor.inspect(question).memory.quantity(.weights)).value
    // All but the norms, which are in F32.
    #expect(abs(bytes - 8_030_261_248 * 8.5 / 8) < 1e6)
    question.weightFormat = "Q9_Z"
    let refusal = try #require(throws: Refusal.self) { try advisor.inspect(question) }
    #expect(refusal.kind == .invalidRequest)
    #expect(refusal.message.contains("'Q9_Z'"))
  }

  @Test("says which formats do not fit rows that are not multiples of 256")
  func fallback() throws {
    let fits = try advisor.inspect(ModelInspection(model: "smollm2-135m")).quantizations
    let kQuant = try #require(fits.first { $0.id == "llama.cpp/Q4_K_M" })
    #expect(kQuant.verdict == .fallsBack)
    #expect(kQuant.fallbackFraction > 0.5)
    #expect(kQuant.because.contains("576"))
    #expect(fits.first { $0.id == "llama.cpp/Q8_0" }?.verdict == .fits)
    let even = try advisor.inspect(ModelInspection(model: "llama-3.1-8b")).quantizations
    #expect(even.filter { $0.framework == .llamaCpp }.allSatisfy { $0.verdict == .fits })
  }

  @Test("refuses what is no model, and says what to do")
  func refusals() throws {
    let tree = try FileTree([
      "model.safetensors": "\u{12}\0\0\0\0\0\0\0{\"__metadata__\":{}}", "empty.gguf": "", "notes/a.txt": "a",
      "two/a.gguf": "x", "two/b.gguf": "x",
    ])
    try tree.write(Array(GGUFWriter.small.bytes().dropLast(5)), to: "short.gguf")
    try #require(mkfifo(tree.path + "/pipe.gguf", 0o600) == 0)
    let cases: [(String, Refusal.Kind, String)] = [
      (tree.path + "/absent.gguf", .modelNotFound, "no file"), (tree.path + "/notes", .modelMalformed, "holds a.txt"),
      (tree.path + "/two", .modelUnreadable, "2 GGUF models"), ("ollama:../x", .modelNotFound, "no name"),
      ("ollama:absent-model:tag", .modelNotFound, "ollama pull"),
      (tree.path + "/pipe.gguf", .modelUnreadable, "a pipe"), (tree.path + "/empty.gguf", .modelMalformed, "0 bytes"),
      (tree.path + "/model.safetensors", .modelMalformed, "ends inside the header"),
      (tree.path + "/short.gguf", .modelMalformed, "truncated"), ("lama-3.1-8b", .modelNotFound, "llama-3.1-8b"),
      ("", .modelNotFound, "neither"), ("nothing-like-it-at-all", .modelNotFound, "model/list"),
      ("smollm2.gguf", .modelNotFound, "no file"),
    ]
    for (model, kind, says) in cases {
      let refusal = try #require(throws: Refusal.self, "\(model)") {
        try advisor.inspect(ModelInspection(model: model))
      }
      #expect(refusal.kind == kind, "\(refusal)")
      #expect(refusal.message.contains(says), "\(refusal)")
    }
    let short = try #require(throws: Refusal.self) { try advisor.describe(model: tree.path + "/short.gguf") }
    #expect(short.details["byteOffset"] != nil)
  }

  @Test("lists all models, or those that contain a text")
  func list() {
    #expect(advisor.listModels().count == 44)
    let names = advisor.listModels(containing: "SmolLM2").map(\.name)
    #expect(names == ["smollm2-1.7b", "smollm2-135m", "smollm2-360m"])
    #expect(advisor.listModels(containing: "no such model").isEmpty)
  }
}
