import Knowledge

/// OpenVINO GenAI's pipeline for language models, on the processor.
struct OpenVINOEngine: PythonEngine {
  let engine = SpeedEngine.openvino
  let title = "OpenVINO GenAI"
  let modules = ["openvino", "openvino_genai"]
  let packages = ["openvino-genai"]
  let framework = Framework.openvino
  let narrowFormat = "openvino/int8_asym"
  let formats = ["openvino/int4_sym-g128", "openvino/int4_asym-g128", "openvino/int8_asym", "openvino/fp16"]
  let defaultFormats = ["openvino/int4_sym-g128", "openvino/int8_asym", "openvino/fp16"]

  let script = """
    import numpy
    import openvino
    import openvino_genai as genai


    def load(folder, threads):
        return genai.LLMPipeline(folder, "CPU", INFERENCE_NUM_THREADS=threads)


    def run(model, tokens, steps):
        settings = genai.GenerationConfig()
        settings.max_new_tokens = settings.min_new_tokens = steps + 1
        settings.set_eos_token_id(vocabulary - 1)
        settings.ignore_eos = True
        settings.do_sample = False
        # Tokens, not text: the small model has no tokenizer.
        prompt = genai.TokenizedInputs(openvino.Tensor(numpy.array([tokens], numpy.int64)),
                                       openvino.Tensor(numpy.ones((1, len(tokens)), numpy.int64)))
        metrics = model.generate(prompt, settings).perf_metrics
        return metrics.get_ttft().mean / 1000, metrics.get_tpot().mean * steps / 1000


    def build():
        return f"openvino-genai {genai.__version__}"
    """

  func write(_ model: ProbeModel, _ format: String, to folder: ProbeFolder) throws {
    let probe = OpenVINOProbe(model, Self.weights(format))
    try folder.write("openvino_model.xml", probe.text)
    try folder.write("openvino_model.bin", probe.data)
  }

  private static func weights(_ format: String) -> OpenVINOProbe.Weights {
    switch format {
    case "openvino/int4_sym-g128": .int4(group: 128)
    case "openvino/int4_asym-g128": .uint4(group: 128)
    case "openvino/int8_asym": .uint8
    default: .float16
    }
  }
}
