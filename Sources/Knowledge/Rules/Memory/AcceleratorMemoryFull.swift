import Evidence

/// The memory of the GPU does not suffice.
package enum AcceleratorMemoryFull: Rule {
  package static let card = RuleCard(
    code: "EW157", name: "accelerator-memory-full", severity: .error,
    summary: "The memory of the GPU or other accelerator is full.",
    rationale: """
      Weights, cache and scratch memory of the offloaded part share the device memory. Layers that do not fit \
      can stay on the CPU; the cache can be shortened or stored in fewer bits. On Apple silicon the GPU may \
      take about two thirds to three quarters of the memory.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Let llama.cpp choose what to offload.",
          "Shorten the context, store the cache in 8 bits.",
          "Keep the experts of a mixture of experts in main memory.",
        ],
        commands: [
          "llama-server -m {model} -ngl auto --fit on",
          "llama-server -m {model} -c 8192 -fa on -ctk q8_0 -ctv q8_0",
          "llama-server -m {model} --n-cpu-moe 20",
        ],
        verify: """
          nvidia-smi (or the like) shows room; the log line "offloaded N/M layers" shows what is on the \
          device.
          """),
      Remedy(
        .vllm,
        steps: [
          "Lower the longest sequence and the number of sequences.",
          "Take quantized weights, or give vLLM more of the device.",
        ],
        commands: [
          "vllm serve {model} --max-model-len 8192 --max-num-seqs 8",
          "vllm serve {model} --gpu-memory-utilization 0.95",
        ],
        verify: "The server starts and answers the longest request."),
      Remedy(
        .mlx,
        steps: [
          "Take fewer bits, limit the cache.",
          "On macOS 15 and later, raise what the GPU may wire; leave several GB to the system.",
        ],
        commands: [
          """
          mlx_lm.generate --model {model} --prompt "..." --max-kv-size 4096
          """,
          "sudo sysctl iogpu.wired_limit_mb={megabytes}",
        ],
        verify: """
          "Peak memory" stays under the recommended size and the warning is gone.
          """),
      Remedy(
        .openvino,
        steps: [
          "Use int4 weights and an 8-bit cache, shorten the context.",
          "Run on the CPU once, to tell a full memory from a driver fault.",
        ],
        verify: "The same request answers on the device."),
    ],
    citations: [
      "llama.cpp docs/build.md; llama.cpp arguments: ggml-org/llama.cpp@0c1e57098 common/arg.cpp",
      "vllm-project/vllm#2248, #13882",
      "mlx-lm 0.32.2 README: wired limit",
      "openvinotoolkit/openvino#35528",
    ])

  package static let examples = [
    RuleExample(.fires, "CUDA says so") {
      $0.run.messages = ["lcp-cuda-oom"]
    },
    RuleExample(.fires, "98 % of the device memory") {
      $0.run.acceleratorMemoryUtilizationFraction = 0.98
    },
    RuleExample(.quiet, "half of it") {
      $0.run.acceleratorMemoryUtilizationFraction = 0.5
    },
    RuleExample(.unknown, "not looked at"),
  ]

  package static func check(_ situation: Situation) -> Outcome {
    if let fraction = situation.run.acceleratorMemoryUtilizationFraction {
      if fraction > 0.9 {
        return .fires(
          because: "\(NumberText.text(fraction * 100)) % of the accelerator's memory is in use; the limit is 90 %.",
          evidence: .measured)
      }
      if situation.run.messages == nil { return .quiet }
    }

    guard situation.run.messages != nil else {
      return .unknown(missing: ["run.acceleratorMemoryUtilizationFraction", "run.messages"])
    }
    let seen = situation.messages(among: [
      "any-torch-cuda-oom",
      "lcp-cuda-oom",
      "lcp-metal-buf",
      "lcp-metal-oom",
      "lcp-sycl-oom",
      "lcp-vk-oom",
      "mlc-vk-oom",
      "mlx-maxbuf",
      "mlx-oom",
      "mlx-wired-warn",
      "ort-bfc",
      "ov-gpu-maxalloc",
      "ov-gpu-oor",
      "vllm-maxseq",
      "vllm-noblocks",
    ])
    guard !seen.isEmpty else { return .quiet }
    return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published)
  }
}
