import Evidence

/// The key-value cache takes at least half as much memory as the weights.
package enum KeyValueCacheDominates: Rule {
  package static let card = RuleCard(
    code: "EW152", name: "key-value-cache-dominates", severity: .warning,
    summary: """
      The key-value cache is at least half as large as the weights: the context, not the model, fills the \
      memory.
      """,
    rationale: """
      The cache grows with the context and the number of slots; a default of the full training context can \
      make it larger than the model. A smaller quantization of the weights hardly helps then. For OpenVINO \
      "enable caching" is often advised against high memory use: the model cache only shortens loading and \
      saves no memory.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Ask for the context that is needed: -c 0, the default, means the full training context.",
          "Lower the number of slots.",
          "Store the cache in 8 bits, which needs flash attention.",
        ],
        commands: [
          "llama-server -m {model} -c 8192 --parallel 1",
          "llama-server -m {model} -c 8192 -fa on -ctk q8_0 -ctv q8_0",
        ],
        verify: """
          The log line "KV buffer size" shows the smaller cache.
          """),
      Remedy(
        .ollama,
        steps: [
          "Lower the context length and the number of parallel requests, store the cache in 8 bits."
        ],
        commands: [
          """
          OLLAMA_CONTEXT_LENGTH=8192 OLLAMA_NUM_PARALLEL=1 OLLAMA_FLASH_ATTENTION=1 \
          OLLAMA_KV_CACHE_TYPE=q8_0 ollama serve
          """
        ],
        verify: "ollama ps shows the smaller size."),
      Remedy(
        .openvino,
        steps: [
          "Shrink the cache of the server: its size and its precision."
        ],
        commands: [
          """
          docker run --rm -p 8000:8000 -v $PWD/models:/models openvino/model_server:latest --source_model \
          {model} --model_repository_path /models --rest_port 8000 --task text_generation --target_device \
          CPU --cache_size 2 --kv_cache_precision u8
          """
        ],
        verify: "docker stats shows the lower memory use."),
      Remedy(
        .mlx,
        steps: [
          """
          Limit the cache and store it in 8 bits; not for models with sliding windows, which cannot quantize \
          it. Memory mapping is no switch of MLX.
          """
        ],
        commands: [
          """
          mlx_lm.generate --model {model} --prompt "..." --max-kv-size 4096
          """,
          """
          mlx_lm.generate --model {model} --prompt "..." --kv-bits 8 --kv-group-size 64
          """,
        ],
        verify: """
          The line "Peak memory" that mlx_lm.generate prints is lower.
          """),
      Remedy(
        .vllm,
        steps: [
          "Lower the longest sequence and the number of sequences."
        ],
        commands: [
          "vllm serve {model} --max-model-len 8192 --max-num-seqs 8"
        ],
        verify: """
          The log line "Available KV cache memory" leaves room for the sequences wanted.
          """),
      Remedy(
        .olive,
        steps: [
          "Lower search.max_length in genai_config.json: it counts prompt and answer."
        ],
        verify: "The process takes less memory at the same prompt."),
    ],
    citations: [
      "cache bytes = sum over layers of cells x key-value heads x (key size + value size) x bytes per value",
      "llama.cpp arguments: ggml-org/llama.cpp@0c1e57098 common/arg.cpp",
      "OpenVINO Model Server docs: --cache_size, --kv_cache_precision",
      "mlx-lm 0.32.2 argument parser",
    ])

  package static let examples = [
    RuleExample(.fires, "131,072 tokens on an 8-billion model") {
      $0.model.keyValueBytesPerToken = 131_072
      $0.model.weightBytes = 4_920_000_000
      $0.run.contextLength = 131_072
    },
    RuleExample(.fires, "stated by the log") {
      $0.run.keyValueBytes = 4_000_000_000
      $0.model.weightBytes = 2_000_000_000
    },
    RuleExample(.quiet, "4,096 tokens on the same model") {
      $0.model.keyValueBytesPerToken = 131_072
      $0.model.weightBytes = 4_920_000_000
      $0.run.contextLength = 4096
    },
    RuleExample(.unknown, "no context") {
      $0.model.keyValueBytesPerToken = 131_072
      $0.model.weightBytes = 4_920_000_000
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let weightBytes = situation.model.weightBytes else { return .unknown(missing: ["model.weightBytes"]) }
    guard let cacheBytes = situation.keyValueCacheBytes else {
      return .unknown(missing: ["model.keyValueBytesPerToken", "run.contextLength"])
    }
    guard Double(cacheBytes) >= 0.5 * Double(weightBytes) else { return .quiet }
    return .fires(
      because:
        "The key-value cache takes \(ByteText.text(cacheBytes)) beside \(ByteText.text(weightBytes)) of weights.",
      evidence: .computed)
  }
}
