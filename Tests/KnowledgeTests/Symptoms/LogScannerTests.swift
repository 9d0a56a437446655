import Knowledge
import Testing

@Suite struct LogScannerTests {
  static let scanner = try? LogScanner(symptoms: Symptom.catalogue.records)

  func scan(_ text: String) throws -> LogScan { try #require(Self.scanner).scan(LogText(text)) }

  @Test(
    "numbers are read from the lines that state them",
    arguments: [
      ("llama_context: n_ctx         = 4096", .contextTokens, 4096),
      ("print_info: n_ctx_train      = 131072", .trainedContextTokens, 131_072),
      ("llama_context: n_ctx_per_seq (4096) < n_ctx_train (131072) -- the full", .trainedContextTokens, 131_072),
      ("system_info: n_threads = 8 (n_threads_batch = 8) / 16 | CPU : AVX2 = 1", .threadCount, 8),
      ("system_info: n_threads = 8 / 16 | AVX = 1", .logicalCpuCount, 16),
      ("load_tensors: offloaded 10/33 layers to GPU", .offloadedLayerCount, 10),
      ("load_tensors: offloaded 10/33 layers to GPU", .layerCount, 33),
      ("load_tensors:   CPU_Mapped model buffer size =  4685.30 MiB", .modelBufferBytes, 4685.30 * 1_048_576),
      ("llama_kv_cache: size =  512.00 MiB (  4096 cells,  32 layers,  1/1 seqs), K (f16)", .kvCacheBytes, 536_870_912),
      ("llama_new_context_with_model: KV self size  =  64.00 MiB, K (f16): 32", .kvCacheBytes, 67_108_864),
      (
        "ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 17752270848",
        .failedAllocationBytes, 17_752_270_848
      ),
      (
        "ggml_backend_cuda_buffer_type_alloc_buffer: allocating 16930.00 MiB on device 0: cudaMalloc failed: out of memory",
        .failedAllocationBytes, 16930.0 * 1_048_576
      ),
      (
        "prompt eval time =     512.00 ms /    64 tokens (    8.00 ms per token,   125.00 tokens per second)",
        .prefillTokensPerSecond, 125
      ),
      (
        "       eval time =    1234.56 ms /    99 runs   (   12.47 ms per token,    80.19 tokens per second)",
        .decodeTokensPerSecond, 80.19
      ),
      ("llama_perf_context_print:        load time =    1500.00 ms", .loadSeconds, 1.5),
      (
        "request (9000 tokens) exceeds the available context size (4096 tokens), try increasing it", .contextTokens,
        4096
      ),
      (
        "Error: model requires more system memory (5.6 GiB) than is available (3.1 GiB)", .availableBytes,
        3.1 * 1_073_741_824
      ),
      ("eval rate:            12.34 tokens/s", .decodeTokensPerSecond, 12.34),
      (
        "INFO metrics.py: Avg prompt throughput: 5.1 tokens/s, Avg generation throughput: 17.1 tokens/s, Running: 1 reqs",
        .decodeTokensPerSecond, 17.1
      ),
      ("Generation: 100 tokens, 30.205 tokens-per-sec", .decodeTokensPerSecond, 30.205),
      ("Peak memory: 4.500 GB", .peakMemoryBytes, 4.5e9),
      (
        "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.50 GiB. GPU 0", .failedAllocationBytes,
        1.5 * 1_073_741_824
      ),
    ] as [(String, LogReading.Field, Double)])
  func numbers(_ line: String, _ field: LogReading.Field, _ expected: Double) throws {
    let reading = try #require(try scan("one\ntwo\n" + line + "\n").last(field))
    #expect(abs(reading.value - expected) <= expected * 1e-9)
    #expect(reading.line == 3)
  }

  @Test("the prompt's rate is not taken for that of generation")
  func promptIsNotGeneration() throws {
    let line = "prompt eval time = 512.00 ms / 64 tokens ( 8.00 ms per token, 125.00 tokens per second)"
    #expect(try scan(line).last(.decodeTokensPerSecond) == nil)
    #expect(try scan("prompt eval rate: 100 tokens/s").last(.decodeTokensPerSecond) == nil)
  }

  @Test(
    "a number that is no number, or too long, is not read",
    arguments: [
      "n_ctx = x", "n_ctx =", "n_ctx", "offloaded 1/ layers to GPU", "failed to allocate buffer of size -5",
      "eval time = 1 ms / 2 runs (",
    ])
  func noNumbers(_ line: String) throws {
    #expect(try scan(line).readings.isEmpty)
  }

  @Test(
    "the framework is told by what only it writes",
    arguments: [
      ("llama_model_loader: loaded\nggml_cuda_init: found 1", "llama.cpp"),
      ("[GIN] 2026/11/23 | 200 |\nollama serve", "Ollama"),
      ("(EngineCore pid=1) vllm v1", "vLLM"),
      ("  File \"/x/mlx_lm/utils.py\"", "MLX"),
      ("optimum-cli export openvino", "OpenVINO"),
      ("onnxruntime.capi.onnxruntime_pybind11_state", "Olive/ONNX Runtime"),
    ])
  func frameworks(_ text: String, _ expected: String) throws {
    let first = try #require(try scan(text).frameworks.first)
    #expect(first.name == expected)
    #expect(!first.clues.isEmpty && first.line == 1)
  }

  @Test("many occurrences are counted, only the first three are shown")
  func many() throws {
    let scan = try scan(String(repeating: "llama: failed to mlock\n", count: 1000))
    let hit = try #require(scan.hits.first)
    #expect(hit.count == 1000)
    #expect(hit.places.map(\.line) == [1, 2, 3])
  }

  @Test("lines of trouble that no symptom explains are shown, the others not")
  func troubles() throws {
    let known = "error: failed to mlock 1 byte, error\n"
    let scan = try scan(String(repeating: known, count: 100) + "ok\nERROR: unheard of, failed\n" + known)
    #expect(scan.troubles.map(\.line) == [102])
    #expect(try self.scan(String(repeating: "odd error\n", count: 1000)).troubles.count == 64)
  }

  @Test("of many readings the first ones and the last are kept")
  func manyReadings() throws {
    let scan = try scan((1...500).map { "eval rate: \($0) tokens/s\n" }.joined())
    let all = scan.all(.decodeTokensPerSecond)
    #expect(all.count == 32)
    #expect(all.first?.value == 1)
    #expect(all.last?.value == 500)
  }

  struct Hostile: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
  }
  static let needle = Array("cudaMalloc failed: out of memory".utf8)
  static let hostileLogs: [Hostile] = [
    Hostile(testDescription: "invalid UTF-8", bytes: [0xFF, 0xC3, 0x28, 0xF0] + needle + [0x80, 0xBF]),
    Hostile(testDescription: "NUL bytes", bytes: [0, 0] + needle.flatMap { [$0, 0] }),
    Hostile(
      testDescription: "one long line",
      bytes: Array(repeating: 0x61, count: 1 << 20) + needle + Array(repeating: 0x62, count: 1 << 20)),
    Hostile(
      testDescription: "colours inside the message",
      bytes: Array("cudaMalloc \u{1B}[1;31mfailed\u{1B}[0m: out of memory".utf8)),
    Hostile(testDescription: "a title sequence", bytes: Array("\u{1B}]0;title\u{7}".utf8) + needle),
    Hostile(testDescription: "an unfinished escape", bytes: Array("\u{1B}[31".utf8) + [0x0A] + needle + [0x1B]),
    Hostile(testDescription: "only escapes before it", bytes: Array(repeating: 0x1B, count: 10_000) + [0x0A] + needle),
  ]

  @Test("a hostile log is read to its end and shown as valid text", arguments: hostileLogs)
  func hostile(_ log: Hostile) throws {
    let scan = try #require(Self.scanner).scan(LogText(bytes: log.bytes))
    let hit = try #require(scan.hits.first { $0.symptom.id == "lcp-cuda-oom" })
    #expect(hit.places[0].excerpt.contains("cudaMalloc failed: out of memory"))
    #expect(hit.places[0].excerpt.utf8.count < 300)
    #expect(!hit.places[0].excerpt.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test(
    "beginnings without their ends cost no more than their length",
    arguments: [
      "Model ", "Missing 1", "Model type ", "eval time = 1", "n_ctx ", "Received 1111", "invalid argument: --",
      "Killed",
    ])
  func repeatedBeginnings(_ text: String) throws {
    let scan = try scan(String(repeating: text, count: 20_000))
    #expect(scan.byteCount == text.utf8.count * 20_000)
    #expect(scan.readings.count <= 32)
  }

  @Test("nothing at all is an empty scan")
  func empty() throws {
    let scan = try scan("")
    #expect(scan.hits.isEmpty && scan.readings.isEmpty && scan.frameworks.isEmpty && scan.lineCount == 0)
  }
}
