import ModelFiles
import TensorFormats
import TestSupport
import Testing

@Suite("A model of Ollama")
struct OllamaStoreTests {
  private let digest = String(repeating: "a", count: 64)
  private let other = String(repeating: "b", count: 64)

  @Test("has the name that Ollama gives it", arguments: nameForms)
  func names(text: String, path: String?) throws {
    #expect(OllamaName(text)?.description == path)
  }

  static let nameForms: [(String, String?)] = [
    ("llama3.2", "llama3.2:latest"), ("llama3.2:1b", "llama3.2:1b"), ("me/thing:x", "me/thing:x"),
    ("hf.co/acme/Tiny-GGUF:Q4_K_M", "hf.co/acme/Tiny-GGUF:Q4_K_M"), ("", nil), ("a:b:c", nil), ("../x:y", nil),
    ("a/../b:c", nil), ("a:..", nil), ("a:", nil), ("a/b/c/d", nil), ("/etc/passwd", nil), (".hidden:x", nil),
    ("a b:c", nil), ("a\0b", nil),
  ]

  @Test("is read from its manifest and blobs")
  func whole() throws {
    let tree = try store(layers: [("model", digest), ("license", other), ("template", other)])
    try tree.write(Array("  # MIT License\nmore".utf8), to: "blobs/sha256-" + other)
    let store = OllamaStore(path: tree.path)
    let name = try #require(OllamaName("tiny:1b"))
    #expect(store.has(name))
    #expect(store.tags(of: name) == ["1b"])
    let model = try store.open(name).description
    #expect(model.name == "tiny:1b")
    #expect(model.storage == .ollama)
    #expect(model.fileFormat == .gguf)
    #expect(model.license == "MIT License")
    #expect(model.architecture == "llama")
    #expect(try store.weightsPath(name) == tree.path + "/blobs/sha256-" + digest)
  }

  @Test("with a projector sees")
  func projector() throws {
    let tree = try store(layers: [("model", digest), ("projector", other)])
    var projector = GGUFWriter()
    projector.metadata = [
      ("general.architecture", .string("clip")), ("clip.has_vision_encoder", .bool(true)),
      ("clip.projector_type", .string("mlp")), ("clip.vision.block_count", .uint32(2)),
    ]
    projector.tensors = [.init("v.patch.weight", [32, 2], .f16)]
    try tree.write(projector.bytes(), to: "blobs/sha256-" + other)
    let name = try #require(OllamaName("tiny:1b"))
    let model = try OllamaStore(path: tree.path).open(name).description
    #expect(model.kind == .visionLanguage)
    #expect(model.modalities == [.text, .image])
    #expect(model.components.map(\.role) == [.languageModel, .projector])
    #expect(model.components.last?.bytes == 128)
  }

  @Test("with a bad manifest is refused", arguments: manifests)
  func bad(manifest: String, says: String) throws {
    let tree = try FileTree([path: manifest])
    let name = try #require(OllamaName("tiny:1b"))
    let error = try #require(throws: ModelFileError.self) { try OllamaStore(path: tree.path).open(name) }
    #expect("\(error)".contains(says), "\(error)")
    #expect(error.path?.hasSuffix("tiny/1b") == true)
  }

  @Test("with a manifest that is cut anywhere is refused")
  func truncations() throws {
    let text = Array(manifest([("model", digest)]).utf8)
    let tree = try store(layers: [("model", digest)])
    let name = try #require(OllamaName("tiny:1b"))
    for length in 1..<text.count {
      try tree.write(Array(text.prefix(length)), to: path)
      let error = try #require(throws: ModelFileError.self, "\(length)") { try OllamaStore(path: tree.path).open(name) }
      #expect(error.kind == .malformed)
    }
  }

  static let manifests: [(String, String)] = [
    ("{}", "lacks 'layers'"), (#"{"layers":[1]}"#, "Layer 0"), (#"{"layers":{}}"#, "lacks 'layers'"),
    (#"{"layers":[]}"#, "no layer of the kind 'model'"),
    (#"{"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:../../etc"}]}"#, "64 hexadecimal"),
    (
      #"{"layers":[{"mediaType":"application/vnd.ollama.image.tensor","digest":"sha256:"# + zeros + #""}]}"#,
      "which is not there"
    ),
    (
      #"{"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:"# + zeros + #""}]}"#,
      "which is not there"
    ),
  ]
  private static let zeros = String(repeating: "0", count: 64)

  private let path = "manifests/registry.ollama.ai/library/tiny/1b"

  private func manifest(_ layers: [(String, String)]) -> String {
    #"{"schemaVersion":2,"layers":["#
      + layers.map {
        #"{"mediaType":"application/vnd.ollama.image.\#($0.0)","digest":"sha256:\#($0.1)","size":10}"#
      }.joined(separator: ",") + "]}"
  }

  private func store(layers: [(String, String)]) throws -> FileTree {
    let tree = try FileTree([path: manifest(layers)])
    try tree.write(GGUFWriter.small.bytes(), to: "blobs/sha256-" + digest)
    return tree
  }
}
