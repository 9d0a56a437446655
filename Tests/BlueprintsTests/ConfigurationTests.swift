import Blueprints
import JSON
import TensorFormats
import Testing

@Suite("The shape in a config.json")
struct ConfigurationTests {
  /// The numbers of google/gemma-3n-E2B-it, as `Gemma3nTextConfig` has them, with one that differs.
  private func gemma3n(_ replaced: String = "", with text: String = "") throws -> JSON {
    let kinds = (0..<30).map { $0 % 5 == 4 ? #""full_attention""# : #""sliding_attention""# }
    let widths = Array(repeating: "8192", count: 30)
    let config = """
      {"model_type":"gemma3n","text_config":{"model_type":"gemma3n_text","hidden_size":2048,\
      "hidden_size_per_layer_input":256,"intermediate_size":[\(widths.joined(separator: ","))],\
      "layer_types":[\(kinds.joined(separator: ","))],"laurel_rank":64,"altup_num_inputs":4,"num_attention_heads":8,\
      "num_hidden_layers":30,"num_key_value_heads":2,"num_kv_shared_layers":10,"head_dim":256,"sliding_window":512,\
      "vocab_size":262400,"vocab_size_per_layer_input":262144,"max_position_embeddings":32768,"rope_theta":1000000.0}}
      """
    return try JSON.parse(Array((replaced.isEmpty ? config : config.replacing(replaced, with: text)).utf8))
  }

  @Test("of Gemma 3n has the layers' own embeddings, the shared caches and the windows")
  func streams() throws {
    let shape = try ModelShape(config: try gemma3n(), name: "gemma-3n")
    #expect(shape.architecture == "gemma3n" && shape.perLayer?.width == 256 && shape.sharedCacheLayers == 10)
    #expect(shape.slidingWindow == 512 && shape.feedForwardSize(29) == 8192 && shape.tiesEmbeddings)
    #expect((0..<30).filter { !shape.isWindowed($0) } == [4, 9, 14, 19, 24, 29])
    let tensors = Dictionary(uniqueKeysWithValues: try Blueprint(shape).tensors.map { ($0.name, $0.shape) })
    // The converter fills the smaller table up to the whole vocabulary.
    #expect(tensors["per_layer_token_embd.weight"] == [256 * 30, 262_400])
    #expect(tensors["blk.29.laurel_l.weight"] == [2048, 64] && tensors["altup_proj.weight"] == [2048, 2048, 3])
  }

  @Test(
    "of Gemma 3n is refused where numbers differ from those that tensors are known for",
    arguments: [
      ("\"laurel_rank\":64", "\"laurel_rank\":32"), ("\"altup_num_inputs\":4", "\"altup_num_inputs\":2"),
      ("\"hidden_size_per_layer_input\":256,", ""),
    ])
  func unknownStreams(replaced: String, text: String) throws {
    let config = try gemma3n(replaced, with: text)
    #expect(throws: BlueprintError.self) { try ModelShape(config: config, name: "gemma-3n") }
  }
}
