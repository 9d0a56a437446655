extension Complaint {
  private static let slow = ["slow", "slower", "slowly", "takes long", "takes ages", "takes forever", "laggy", "crawl"]

  /// The complaints that are understood, sorted by code.
  package static let all: [Complaint] = [
    Complaint(
      "accuracy-lost", "The answers are worse than those of the original model.",
      [["accuracy", "quality", "answers are worse", "worse answers", "wrong answers", "dumber", "perplexity"]],
      candidates: ["EW451", "EW454", "EW452", "EW453", "EW455"]),
    Complaint(
      "crashes-on-load", "The program ends while it loads the model.",
      [
        ["crash", "crashes", "crashed", "segfault", "segmentation fault", "killed", "exits", "aborts", "core dumped"]
      ],
      candidates: ["EW101", "EW156", "EW155", "EW251", "EW257"]),
    Complaint(
      "does-not-load", "The model will not load.",
      [
        [
          "will not load", "won't load", "does not load", "doesn't load", "cannot load", "can't load", "not loading",
          "fails to load", "failed to load", "load failed", "unable to load", "will not start", "won't start",
        ]
      ],
      candidates: ["EW254", "EW101", "EW255", "EW257", "EW258", "EW256"]),
    Complaint(
      "driver-trouble", "The device or its driver is not found.",
      [["driver", "no device", "device not found", "nvidia-smi", "/dev/dri", "/dev/accel"]],
      candidates: ["EW654", "EW358"]),
    Complaint(
      "gets-slower", "It starts fast and gets slower.",
      [
        [
          "gets slower", "getting slower", "becomes slow", "slows down", "slow after a while", "slower over time",
          "slower and slower", "slower with long", "slow at long context", "slow with long", "throttl",
        ]
      ],
      candidates: ["EW652", "EW360", "EW152", "EW151", "EW651"]),
    Complaint(
      "gibberish", "The output is nonsense.",
      [
        [
          "gibberish", "garbage", "nonsense", "garbled", "random tokens", "repeats itself", "repeating", "endless loop",
          "never stops", "broken output", "gggg", "????",
        ]
      ],
      candidates: ["EW453", "EW455", "EW451", "EW254", "EW452"]),
    Complaint(
      "gpu-not-used", "The GPU or another accelerator is not used.",
      [
        ["gpu", "npu", "accelerator", "cuda", "vulkan", "metal"],
        [
          "not used", "unused", "isn't used", "is not being used", "not using", "ignored", "idle", "0%", "0 %",
          "not utilized",
          "not detected", "only cpu", "cpu only", "on cpu instead", "not found",
        ],
      ],
      candidates: ["EW356", "EW358", "EW654", "EW357"]),
    Complaint(
      "illegal-instruction", "The program ends with an illegal instruction.",
      [["illegal instruction", "sigill", "illegal hardware instruction", "invalid opcode", "0xc000001d"]],
      candidates: ["EW251"]),
    Complaint(
      "out-of-memory", "Memory runs out.",
      [
        [
          "out of memory", "oom", "runs out of memory", "not enough memory", "insufficient memory", "memory error",
          "too much memory", "high memory", "memory usage", "memory use", "bad_alloc", "memory leak",
        ]
      ],
      candidates: ["EW152", "EW101", "EW156", "EW157", "EW155", "EW153", "EW154"]),
    Complaint(
      "slow-first-token", "The first token takes long.",
      [
        [
          "first token", "time to first", "ttft", "prompt processing", "prefill", "long before it answers",
          "before it starts", "slow prompt", "reading the prompt",
        ]
      ],
      candidates: ["EW353", "EW356", "EW364", "EW354", "EW652"]),
    Complaint(
      "slow-generation", "Tokens come slowly.",
      [slow + ["low tokens per second", "few tokens per second", "high latency", "tokens/s is low", "low throughput"]],
      candidates: [
        "EW351", "EW151", "EW354", "EW355", "EW356", "EW357", "EW359", "EW651", "EW652", "EW655", "EW653", "EW362",
      ]),
    Complaint(
      "slow-load", "The model takes long to load.",
      [
        [
          "slow to load", "loading is slow", "loads slowly", "slow load", "takes long to load", "slow start",
          "long load", "first load",
        ]
      ],
      candidates: ["EW364", "EW151"]),
    Complaint(
      "swapping", "The disk is busy while it generates.",
      [["swap", "swapping", "paging", "page fault", "disk is busy", "disk activity", "disk thrashing", "thrash"]],
      candidates: ["EW151", "EW101"]),
    Complaint(
      "uneven-speed", "The speed varies.",
      [
        [
          "inconsistent", "varies", "jitter", "uneven", "stutter", "spikes", "fluctuates", "unpredictable",
          "sometimes slow", "latency variation",
        ]
      ],
      candidates: ["EW361", "EW655", "EW652", "EW651", "EW355"]),
    Complaint(
      "version-conflict", "Packages do not fit together.",
      [["conflict", "dependency", "incompatible version", "version mismatch", "pip cannot", "resolver"]],
      candidates: ["EW256", "EW258"]),
  ]
}
