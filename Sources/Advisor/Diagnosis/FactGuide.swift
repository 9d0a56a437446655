/// How to get a fact that a rule misses.
package enum FactGuide {
  /// What the fact at `path` (such as `run.threads`) is and how to get it.
  package static func fact(_ path: String) -> MissingFact {
    if let entry = entries[path] { return MissingFact(what: entry.what, how: entry.how) }
    return MissingFact(what: path, how: "Give it in the request.")
  }

  private static let entries: [String: (what: String, how: String)] = [
    "goals.contextLength": ("the context that is wanted", "Give metrics.contextLength."),
    "goals.decodeTokensPerSecond": ("the rate that is wanted", "Give metrics.targetDecodeTokensPerSecond."),
    "goals.latencySeconds": ("the latency that is wanted", "Give metrics.targetLatencySeconds."),
    "goals.memoryLimitBytes": ("the memory that may be used", "Give metrics.memoryLimitBytes."),
    "goals.timeToFirstTokenSeconds": (
      "the wait for the first token that is acceptable", "Give metrics.targetTimeToFirstTokenSeconds."
    ),
    "machine.accelerators": (
      "which GPUs and NPUs the machine has",
      "Call hardware/assess, or run: lspci | grep -i -E 'vga|3d|display|processing'"
    ),
    "machine.cpuQuotaCores": ("the processor quota of the container", "Run: cat /sys/fs/cgroup/cpu.max"),
    "machine.frequencyGovernor": (
      "the frequency governor", "Run: cat /sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"
    ),
    "machine.instructionSets": ("the instruction sets of the CPU", "Call hardware/assess."),
    "machine.memoryBandwidthBytesPerSecond": (
      "the memory bandwidth of the machine", "Call hardware/assess with \"measure\": true, or benchmark/run."
    ),
    "machine.memoryLimitBytes": ("the memory limit of the container", "Run: cat /sys/fs/cgroup/memory.max"),
    "machine.numaNodeCount": ("the number of memory nodes", "Run: lscpu | grep NUMA"),
    "machine.physicalCores": ("the number of physical cores", "Call hardware/assess."),
    "machine.powerSource": ("whether the machine runs on battery", "Call hardware/assess."),
    "machine.storageReadBytesPerSecond": (
      "the read rate of the storage", "Run: dd if={model} of=/dev/null bs=4M iflag=direct status=progress"
    ),
    "machine.usableMemoryBytes": ("the memory that is free", "Call hardware/assess, or run: free -m"),
    "model.contextLength": ("the context that the model was trained for", "Give model: a path or a catalogue name."),
    "model.hiddenSize": ("the width of the model", "Give model: a path or a catalogue name."),
    "model.keyValueBytesPerToken": (
      "the shape of the model's key-value cache", "Give model: a path or a catalogue name."
    ),
    "model.layerCount": ("the number of layers", "Give model, or the log line \"offloaded N/M layers\"."),
    "model.name": ("which model it is", "Give model: a path or a catalogue name."),
    "model.parameterCount": ("the number of parameters", "Give model: a path or a catalogue name."),
    "model.quantization": ("the numeric format of the weights", "Give model as a path, or call model/inspect."),
    "model.weightBytes": ("the size of the weights", "Give model as a path, or metrics.weightBytes: ls -l {model}"),
    "run.acceleratorMemoryUtilizationFraction": (
      "how full the memory of the accelerator is", "Run: nvidia-smi --query-gpu=memory.used,memory.total --format=csv"
    ),
    "run.acceleratorUtilizationFraction": (
      "how busy the accelerator is", "Run: nvidia-smi dmon -c 5 (NVIDIA) or intel_gpu_top (Intel) while it generates"
    ),
    "run.accuracyKeptFraction": (
      "the score against that of the unquantized model",
      "Run: llama-perplexity -m {model} -f wiki.test.raw for both files"
    ),
    "run.backgroundLoadFraction": ("what other programs use of the processor", "Run: top -b -n 1 | head -15"),
    "run.bandwidthUtilizationFraction": (
      "the share of the memory bandwidth in use",
      "Call benchmark/run: it reports the fraction of the measured bandwidth."
    ),
    "run.clockFraction": (
      "the clock now against that at the start", "Run: grep MHz /proc/cpuinfo at the start and after five minutes"
    ),
    "run.contextLength": ("the context in use", "Give metrics.contextLength, or the log lines with n_ctx."),
    "run.cpuUtilizationFraction": ("how busy the processor is", "Run: top -b -n 1 | head -15"),
    "run.decodeTokensPerSecond": (
      "the decode rate", "Give the log lines with \"eval time\", or run: llama-bench -m {model} -p 0 -n 64"
    ),
    "run.failedAllocationBytes": ("the size of the refused request", "Give the log from its first line."),
    "run.keyValueFormat": ("the format of the key-value cache", "Give metrics.keyValueFormat (f16 unless set)."),
    "run.latencySeconds": ("the time that a request takes", "Give metrics.latencySeconds."),
    "run.latencyVariationFraction": (
      "how much equal requests differ", "Give metrics.latencySamplesSeconds of ten equal requests."
    ),
    "run.loadSeconds": ("the time that loading takes", "Give the log line with \"load time\"."),
    "run.majorPageFaultsPerSecond": (
      "the page faults while it generates", "Run: pidstat -r -p {pid} 1 5 (column majflt/s)"
    ),
    "run.memoryBytes": ("the memory that the run takes", "Run: ps -o rss= -p {pid}"),
    "run.memoryUtilizationFraction": ("how full the memory is", "Run: free -m"),
    "run.messages": (
      "the text that the program wrote", "Give logText: the output of the failed run from its first line."
    ),
    "run.offloadedLayerCount": ("how many layers run on the GPU", "Give the log line \"offloaded N/M layers to GPU\"."),
    "run.prefillTokensPerSecond": (
      "the rate at which prompts are read", "Give the log lines with \"prompt eval time\"."
    ),
    "run.promptTokens": ("the length of the prompts", "Give metrics.promptTokens."),
    "run.swapBytesPerSecond": ("the swap traffic", "Run: vmstat 1 5 (columns si and so)"),
    "run.temperatureCelsius": ("the temperature", "Run: cat /sys/class/thermal/thermal_zone*/temp"),
    "run.threads": ("the number of threads", "Give metrics.threads, or the log line with n_threads."),
    "run.timeToFirstTokenSeconds": ("the wait for the first token", "Give metrics.timeToFirstTokenSeconds."),
    "run.usesChatTemplate": (
      "whether the prompts go through the chat template",
      "Give metrics.usesChatTemplate; /v1/chat/completions applies it, /completion does not."
    ),
    "run.usesFlashAttention": (
      "whether flash attention is on", "Give metrics.usesFlashAttention, or the log line with flash_attn."
    ),
    "software.framework": ("which framework it is", "Give framework."),
    "software.requiredInstructionSets": (
      "the instruction sets that the program was built for", "Give the log line that begins with system_info."
    ),
    "software.toolchains": ("the installed packages", "Call hardware/assess, or run: pip list"),
  ]
}
