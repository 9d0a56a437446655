/// One kind of line that states numbers: its shape and what each number is.
package struct LogReader: Sendable {
  package let template: LogTemplate
  /// The meaning and scale of each number in the template; nil for one that is passed over.
  package let fields: [(field: LogReading.Field, scale: Double)?]
  /// The template does not count directly after this text.
  package let notAfter: [UInt8]

  init(_ template: String, _ fields: [LogReading.Field?], scale: Double = 1, notAfter: String = "") {
    self.template = LogTemplate(template)
    self.fields = fields.map { field in field.map { ($0, scale) } }
    self.notAfter = Array(notAfter.utf8)
  }

  /// The lines that llama.cpp, Ollama, vLLM, MLX and PyTorch write about sizes, contexts, threads and rates.
  package static let all: [LogReader] = [
    // llama.cpp: loading
    LogReader("n_ctx = {}", [.contextTokens]),
    LogReader("n_ctx_per_seq = {}", [.contextTokens]),
    LogReader("n_ctx_seq = {}", [.contextTokens]),
    LogReader("n_ctx_train = {}", [.trainedContextTokens]),
    LogReader("n_ctx_per_seq ({}) < n_ctx_train ({})", [.contextTokens, .trainedContextTokens]),
    LogReader("n_ctx_per_seq ({}) > n_ctx_train ({})", [.contextTokens, .trainedContextTokens]),
    LogReader("n_ctx_seq ({}) < n_ctx_train ({})", [.contextTokens, .trainedContextTokens]),
    LogReader("n_ctx_seq ({}) > n_ctx_train ({})", [.contextTokens, .trainedContextTokens]),
    LogReader("n_seq_max = {}", [.slotCount]),
    LogReader("n_slots = {}", [.slotCount]),
    LogReader("n_threads = {} / {}", [.threadCount, .logicalCpuCount]),
    LogReader("n_threads = {} (n_threads_batch = {}) / {}", [.threadCount, nil, .logicalCpuCount]),
    LogReader("flash_attn = {}", [.flashAttention]),
    LogReader("offloaded {}/{} layers to GPU", [.offloadedLayerCount, .layerCount]),
    LogReader("model buffer size = {size}", [.modelBufferBytes]),
    LogReader("compute buffer size = {size}", [.computeBufferBytes]),
    LogReader("KV buffer size = {size}", [.kvCacheBytes]),
    LogReader("KV self size = {size}", [.kvCacheBytes]),
    LogReader("llama_kv_cache: size = {size} ( {} cells", [.kvCacheBytes, .kvCacheTokens]),
    LogReader("llama_kv_cache_unified: size = {size} ( {} cells", [.kvCacheBytes, .kvCacheTokens]),
    LogReader("print_info: file size = {size}", [.modelFileBytes]),
    LogReader("llm_load_print_meta: model size = {size}", [.modelFileBytes]),
    LogReader("failed to allocate buffer of size {}", [.failedAllocationBytes]),
    LogReader("buffer of size {}", [.failedAllocationBytes], notAfter: "failed to allocate "),
    LogReader("allocating {size} on device", [.failedAllocationBytes]),
    // llama.cpp: timings
    LogReader(
      "prompt eval time = {} ms / {} tokens ( {} ms per token, {} tokens per second)",
      [nil, .prefillTokenCount, nil, .prefillTokensPerSecond]),
    LogReader(
      "eval time = {} ms / {} runs ( {} ms per token, {} tokens per second)",
      [nil, nil, nil, .decodeTokensPerSecond], notAfter: "prompt "),
    LogReader(
      "eval time = {} ms / {} tokens ( {} ms per token, {} tokens per second)",
      [nil, nil, nil, .decodeTokensPerSecond], notAfter: "prompt "),
    LogReader("load time = {} ms", [.loadSeconds], scale: 0.001),
    // llama.cpp server: a prompt longer than the context
    LogReader(
      "request ({} tokens) exceeds the available context size ({} tokens)",
      [.requestedContextTokens, .contextTokens]),
    // Ollama
    LogReader(
      "model requires more system memory ({size}) than is available ({size})",
      [.requiredBytes, .availableBytes]),
    LogReader("layers.model={}", [.layerCount]),
    LogReader("layers.offload={}", [.offloadedLayerCount]),
    LogReader("prompt eval rate: {} tokens/s", [.prefillTokensPerSecond]),
    LogReader("eval rate: {} tokens/s", [.decodeTokensPerSecond], notAfter: "prompt "),
    // vLLM
    LogReader(
      "max seq len ({}) is larger than the maximum number of tokens that can be stored in KV cache ({})",
      [.requestedContextTokens, .kvCacheTokens]),
    LogReader("Available KV cache memory: {size}", [.availableBytes]),
    LogReader(
      "Avg prompt throughput: {} tokens/s, Avg generation throughput: {} tokens/s",
      [.prefillTokensPerSecond, .decodeTokensPerSecond]),
    LogReader("KV cache usage: {}%", [.kvCacheUsageFraction], scale: 0.01),
    LogReader("Model loading took {size}", [.modelBufferBytes]),
    // MLX
    LogReader("Prompt: {} tokens, {} tokens-per-sec", [.prefillTokenCount, .prefillTokensPerSecond]),
    LogReader("Generation: {} tokens, {} tokens-per-sec", [nil, .decodeTokensPerSecond]),
    LogReader("Peak memory: {size}", [.peakMemoryBytes]),
    LogReader(
      "Attempting to allocate {} bytes which is greater than the maximum allowed buffer size of {} bytes",
      [.failedAllocationBytes, nil]),
    LogReader(
      "requires {} MB which is close to the maximum recommended size of {} MB",
      [.requiredBytes, .availableBytes], scale: 1_048_576),
    // PyTorch
    LogReader("Tried to allocate {size}", [.failedAllocationBytes]),
  ]
}
