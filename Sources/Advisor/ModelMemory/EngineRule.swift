import Evidence

/// How an engine whose graph is not followed keeps its cache and buffers.
struct EngineRule: Sendable {
  /// The cache is given out in pieces of so many tokens.
  let cacheStep: Int
  /// The bytes of a cached value unless the caller says otherwise.
  let cacheBytesPerValue: Double
  /// The bytes beside the values of one head of keys, or of values, of a token: scale and zero point.
  var scaleBytesPerHead = 0.0
  /// The bytes of a cached key at most, where the engine chooses between two ways of scaling; nil when there is one.
  var mostBytesPerKey: Double?
  /// What layers with a window keep beyond it while a prompt is read; nil when they keep the whole context.
  var windowExtra: WindowExtra?
  /// Memory beside weights and cache, as a share of both, and its range.
  let headroom: Quantity
  let cacheEvidence: Evidence
  let cacheSource: String
  /// What the engine takes or keeps otherwise than the terms say.
  let assumption: Assumption

  /// Tokens of a prompt that are cached with the window before they leave it again.
  struct WindowExtra: Sendable {
    let usualTokens: Int
    let mostTokens: Int
    /// Steps of the cache beside those that the tokens fill.
    let steps: Int
  }

  static let rules: [MemoryEngine: EngineRule] = [
    .openVINO: EngineRule(
      cacheStep: 32, cacheBytesPerValue: 1, scaleBytesPerHead: 8, mostBytesPerKey: 1 + 8.0 / 32,
      headroom: Quantity(
        0.1, low: 0.05, high: 0.3, evidence: .assumed,
        source: "no published rule; a tenth of weights and cache, more where a prompt is read in one piece"),
      cacheEvidence: .published,
      cacheSource: "OpenVINO's CPU plugin caches in u8 (KV_CACHE_PRECISION) in blocks of 32 tokens; OpenVINO GenAI's "
        + "device_config.hpp has a scale and a zero point in f32 for each head of a token; keys may be scaled by channel "
        + "instead (KEY_CACHE_QUANT_MODE), which takes them for each channel of a block",
      assumption: Assumption(
        what: "The cache grows with the tokens, as OpenVINO GenAI has it while SchedulerConfig's cache_size is 0.",
        effect:
          "A cache_size is taken whole. A GPU caches in f16, in blocks of 16 tokens, and takes about twice as much.")),
    .mlx: EngineRule(
      cacheStep: 256, cacheBytesPerValue: 2,
      windowExtra: WindowExtra(usualTokens: 2047, mostTokens: 2047, steps: 0),
      headroom: Quantity(
        0.2, low: 0.1, high: 0.4, evidence: .assumed,
        source: "the fifth that mlxcel keeps free by default; peaks of long prompts pass it (mlxcel #807)"),
      cacheEvidence: .published,
      cacheSource:
        "mlx-lm 0.32.2, mlx_lm/models/cache.py: KVCache grows by 256 tokens in the type of the keys, 16 bits; "
        + "RotatingKVCache keeps the window and, while a prompt is read, a piece of 2048 tokens (prefill_step_size) less one",
      assumption: Assumption(
        what: "The cache is as large as its tokens in steps of 256.",
        effect: "While it grows, one layer's keys or values are there twice for a moment.")),
    .vllm: EngineRule(
      cacheStep: 16, cacheBytesPerValue: 2,
      windowExtra: WindowExtra(usualTokens: 2047, mostTokens: 8191, steps: 1),
      headroom: Quantity(
        0.1, low: 0.05, high: 0.3, evidence: .assumed, source: "no published rule; activations of a batch, and graphs"),
      cacheEvidence: .published,
      cacheSource: "vLLM's CacheConfig: blocks of 16 tokens in the model's 16-bit type; SlidingWindowSpec "
        + "(vllm/v1/kv_cache_interface.py): the window, a batch of max_num_batched_tokens less one, and one block more",
      assumption: Assumption(
        what: "What one request of this context needs.",
        effect:
          "vLLM takes more at its start, whatever the model: gpu_memory_utilization of the device, 0.92 (0.9 until "
          + "0.16), or on a CPU VLLM_CPU_KVCACHE_SPACE of cache, 4 GiB in 0.8; set them to make it less.")),
    .onnxRuntime: EngineRule(
      cacheStep: 1, cacheBytesPerValue: 4,
      headroom: Quantity(0.15, low: 0.05, high: 0.4, evidence: .assumed, source: "no published rule"),
      cacheEvidence: .published,
      cacheSource:
        "ONNX Runtime GenAI with past_present_share_buffer, which its model builder 0.18.0 sets for grouped-query "
        + "attention: keys and values of max_length tokens; int4 and int8 models for the CPU have inputs and cache in f32",
      assumption: Assumption(
        what: "max_length is the context: the whole cache is reserved at the start.",
        effect: "Models for a GPU, and those in fp16, cache in f16, half as much.")),
  ]
}
