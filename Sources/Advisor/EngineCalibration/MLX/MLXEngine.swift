import JSON
import Knowledge

/// MLX, run by mlx-lm on a folder as `mlx_lm.convert` writes it; on a Mac that is the GPU, elsewhere the processor.
struct MLXEngine: PythonEngine {
  let engine = SpeedEngine.mlx
  let title = "MLX and mlx-lm"
  let modules = ["mlx", "mlx_lm"]
  let packages = ["\"mlx[cpu]\"", "mlx-lm"]
  let framework = Framework.mlx
  let narrowFormat = "mlx/8bit-g64"
  let formats = [
    "mlx/2bit-g64", "mlx/3bit-g64", "mlx/4bit-g32", "mlx/4bit-g64", "mlx/4bit-g128", "mlx/5bit-g64", "mlx/6bit-g64",
    "mlx/8bit-g64", "mlx/bf16",
  ]
  let defaultFormats = ["mlx/4bit-g64", "mlx/8bit-g64", "mlx/bf16"]

  let script = """
    import importlib.metadata, pathlib


    def load(folder, threads):
        # What it uses for products reads these once, when it is loaded; MLX itself has no number of threads.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
            os.environ[name] = str(threads)
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
        from mlx_lm.utils import load_model
        return load_model(pathlib.Path(folder))[0]


    def run(model, tokens, steps):
        import mlx.core as mx
        from mlx_lm.generate import generate_step
        start = time.perf_counter()
        times = [time.perf_counter() for _ in generate_step(mx.array(tokens), model, max_tokens=steps + 1)]
        return times[0] - start, times[-1] - times[0]


    def build():
        import mlx.core as mx
        device = str(mx.default_device().type).rpartition(".")[2]
        return f"mlx {importlib.metadata.version('mlx')}, mlx-lm {importlib.metadata.version('mlx-lm')} ({device})"
    """

  func write(_ model: ProbeModel, _ format: String, to folder: ProbeFolder) throws {
    let packing = Self.packings[format]
    let configuration = Self.configuration(model, packing)
    try folder.write("config.json", String(decoding: try configuration.print(pretty: true), as: UTF8.self))
    try folder.write("model.safetensors", MLXProbe(model, packing).file())
  }

  private static let packings: [String: MLXProbe.Packing] = [
    "mlx/2bit-g64": .init(bits: 2, group: 64), "mlx/3bit-g64": .init(bits: 3, group: 64),
    "mlx/4bit-g32": .init(bits: 4, group: 32), "mlx/4bit-g64": .init(bits: 4, group: 64),
    "mlx/4bit-g128": .init(bits: 4, group: 128), "mlx/5bit-g64": .init(bits: 5, group: 64),
    "mlx/6bit-g64": .init(bits: 6, group: 64), "mlx/8bit-g64": .init(bits: 8, group: 64),
  ]

  private static func configuration(_ model: ProbeModel, _ packing: MLXProbe.Packing?) -> JSON {
    [
      "model_type": "llama", "architectures": ["LlamaForCausalLM"], "torch_dtype": "bfloat16",
      "hidden_size": .integer(Int64(model.hidden)), "intermediate_size": .integer(Int64(model.inner)),
      "num_hidden_layers": .integer(Int64(model.layers)), "num_attention_heads": .integer(Int64(model.heads)),
      "num_key_value_heads": .integer(Int64(model.kvHeads)), "head_dim": .integer(Int64(ProbeModel.headSize)),
      "vocab_size": .integer(Int64(model.vocabulary)), "max_position_embeddings": 4096, "rms_norm_eps": 1e-5,
      "rope_theta": 10000, "tie_word_embeddings": true,
      "quantization": packing.map {
        ["group_size": .integer(Int64($0.group)), "bits": .integer(Int64($0.bits))]
      } ?? .null,
    ]
  }
}
