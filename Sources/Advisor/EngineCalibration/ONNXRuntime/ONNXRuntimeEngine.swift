import JSON
import Knowledge

/// ONNX Runtime GenAI, run on models as its model builder makes them for processors.
struct ONNXRuntimeEngine: PythonEngine {
  let engine = SpeedEngine.onnxRuntime
  let title = "ONNX Runtime GenAI"
  let modules = ["onnxruntime_genai"]
  let packages = ["onnxruntime-genai"]
  let framework = Framework.olive
  let narrowFormat = "olive/int4-b32"
  let formats = ["olive/int4-b32", "olive/int4-b128", "olive/int8", "F32"]
  let defaultFormats = ["olive/int4-b32", "olive/int4-b128", "olive/int8"]

  let script = """
    import importlib.metadata
    import onnxruntime_genai as genai


    def load(folder, threads):
        config = genai.Config(folder)
        config.overlay(json.dumps({"model": {"decoder": {"session_options": {"intra_op_num_threads": threads}}}}))
        return genai.Model(config)


    def run(model, tokens, steps):
        params = genai.GeneratorParams(model)
        length = len(tokens) + steps + 1
        params.set_search_options(max_length=length, min_length=length, batch_size=1)
        generator = genai.Generator(model, params)
        start = time.perf_counter()
        generator.append_tokens(tokens)
        generator.generate_next_token()
        middle = time.perf_counter()
        for _ in range(steps):
            generator.generate_next_token()
        return middle - start, time.perf_counter() - middle


    def build():
        return f"onnxruntime-genai {genai.__version__} (onnxruntime {importlib.metadata.version('onnxruntime')})"
    """

  func write(_ model: ProbeModel, _ format: String, to folder: ProbeFolder) throws {
    var graph = ONNXProbe(model, Self.weights(format))
    let file = graph.file()
    try folder.write("genai_config.json", Self.configuration(model))
    try folder.write("model.onnx", [ProbeBytes(file)])
    try folder.write(ONNXProbe.dataName, graph.data)
  }

  private static func weights(_ format: String) -> ONNXProbe.Weights {
    switch format {
    case "olive/int4-b32": .integers(bits: 4, block: 32)
    case "olive/int4-b128": .integers(bits: 4, block: 128)
    case "olive/int8": .integers(bits: 8, block: 32)
    default: .float32
    }
  }

  private static func configuration(_ model: ProbeModel) throws -> String {
    let configuration: JSON = [
      "model": [
        "type": "llama", "bos_token_id": 0, "eos_token_id": .integer(Int64(model.vocabulary - 1)), "pad_token_id": 0,
        "context_length": .integer(Int64(ONNXProbe.contextTokens)), "vocab_size": .integer(Int64(model.vocabulary)),
        "decoder": [
          "session_options": ["provider_options": []], "filename": "model.onnx",
          "head_size": .integer(Int64(ProbeModel.headSize)), "hidden_size": .integer(Int64(model.hidden)),
          "num_attention_heads": .integer(Int64(model.heads)), "num_hidden_layers": .integer(Int64(model.layers)),
          "num_key_value_heads": .integer(Int64(model.kvHeads)),
          "inputs": [
            "input_ids": "input_ids", "attention_mask": "attention_mask",
            "past_key_names": "past_key_values.%d.key", "past_value_names": "past_key_values.%d.value",
          ],
          "outputs": [
            "logits": "logits", "present_key_names": "present.%d.key", "present_value_names": "present.%d.value",
          ],
        ],
      ],
      "search": [
        "do_sample": false, "max_length": .integer(Int64(ONNXProbe.contextTokens)), "past_present_share_buffer": true,
      ],
    ]
    return String(decoding: try configuration.print(pretty: true), as: UTF8.self)
  }
}
