import Evidence

/// The binary needs instructions that this CPU lacks.
package enum MissingInstructionSet: Rule {
  package static let card = RuleCard(
    code: "EW251", name: "missing-instruction-set", severity: .error,
    summary: "The program was built for instructions that this CPU does not have.",
    rationale: """
      A binary built with GGML_NATIVE on another host, or for AVX2 or AVX-512 in general, ends with "Illegal \
      instruction" on an older CPU or in a virtual machine that hides them. It is no damage of the model: \
      another build runs the same file.
      """,
    remedies: [
      Remedy(
        .llamaCpp,
        steps: [
          "Use an official release: it carries a variant for each CPU and chooses at run time.",
          "Or build on the machine itself.",
          "Or build one portable binary with all variants.",
        ],
        commands: [
          "cmake -B build && cmake --build build --config Release -j",
          """
          cmake -B build -DGGML_NATIVE=OFF -DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON && cmake --build \
          build --config Release -j
          """,
          """
          cmake -B build -DGGML_NATIVE=OFF -DGGML_AVX2=OFF -DGGML_FMA=OFF -DGGML_F16C=OFF && cmake --build \
          build --config Release -j
          """,
        ],
        verify: "llama-cli --version runs; hardware/assess lists the instruction sets that the CPU has."),
      Remedy(
        steps: [
          "Compare the instruction sets of the CPU with those of the build.",
          "In a virtual machine, pass the host CPU through.",
        ],
        commands: [
          """
          grep -o -w -E "avx2|avx512f|fma|f16c|avx_vnni" /proc/cpuinfo | sort -u
          """,
          """
          dmesg | grep -i "invalid opcode"
          """,
        ],
        verify: "The program runs to its first token."),
    ],
    citations: [
      "ggml-org/llama.cpp#8734, abetlen/llama-cpp-python#839, SciSharp/LLamaSharp#1422",
      "llama.cpp ggml/src/CMakeLists.txt: CPU variants",
    ])

  package static let examples = [
    RuleExample(.fires, "AVX-512 build on an AVX2 CPU") {
      $0.software.requiredInstructionSets = ["avx2", "avx512f"]
      $0.machine.instructionSets = ["avx2", "fma"]
    },
    RuleExample(.fires, "the shell says so") {
      $0.run.messages = ["lcp-illegal-instr"]
    },
    RuleExample(.quiet, "all there") {
      $0.software.requiredInstructionSets = ["avx2"]
      $0.machine.instructionSets = ["avx2", "fma"]
    },
    RuleExample(.unknown, "nothing known of the build") {
      $0.machine.instructionSets = ["avx2"]
    },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    let seen = situation.messages(among: ["any-illegal-hardware", "lcp-illegal-instr"])
    if !seen.isEmpty { return .fires(because: "The log has \(seen.joined(separator: ", ")).", evidence: .published) }
    guard let required = situation.software.requiredInstructionSets else {
      return .unknown(missing: ["software.requiredInstructionSets"])
    }
    guard let present = situation.machine.instructionSets else {
      return .unknown(missing: ["machine.instructionSets"])
    }
    let absent = required.filter { !present.contains($0) }
    guard !absent.isEmpty else { return .quiet }
    return .fires(
      because: "The build needs \(absent.joined(separator: ", ")), which this CPU lacks.", evidence: .computed)
  }
}
