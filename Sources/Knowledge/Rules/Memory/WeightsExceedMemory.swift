import Evidence

/// The weights alone are larger than the memory that the model may use.
package enum WeightsExceedMemory: Rule {
  package static let card = RuleCard(
    code: "EW101", name: "weights-exceed-memory", severity: .error,
    summary: "The weights are larger than the memory that is free for them.",
    rationale: """
      Every decoded token reads all active weights. Weights that do not stay in memory are read from storage for each \
      token, which is ten to a hundred times slower, or the process is ended by the system.
      """,
    remedies: [
      Remedy(
        steps: [
          "Take a format with fewer bits per weight.", "Take a smaller model of the same family.",
          "Free memory, or raise the limit of the container.",
        ], verify: "The weights plus the key-value cache stay under the usable memory that hardware/assess reports.")
    ],
    citations: ["weight bytes = parameters x bits per weight / 8 (exact arithmetic on the file)"])

  package static let examples = [
    RuleExample(.fires, "an 8 GB file with 4 GB usable") {
      $0.model.weightBytes = 8_000_000_000
      $0.machine.usableMemoryBytes = 4_000_000_000
    },
    RuleExample(.quiet, "a 1 GB file with 4 GB usable") {
      $0.model.weightBytes = 1_000_000_000
      $0.machine.usableMemoryBytes = 4_000_000_000
    },
    RuleExample(.unknown, "nothing said about memory") { $0.model.weightBytes = 1_000_000_000 },
  ]

  package static func check(_ situation: Situation) -> Outcome {
    guard let weightBytes = situation.model.weightBytes else { return .unknown(missing: ["model.weightBytes"]) }
    guard let memoryBytes = situation.memoryForModelBytes else {
      return .unknown(missing: ["machine.usableMemoryBytes"])
    }
    guard weightBytes > memoryBytes else { return .quiet }
    return .fires(
      because: "The weights take \(ByteText.text(weightBytes)), \(ByteText.text(memoryBytes)) are free for them.",
      evidence: .computed)
  }
}
