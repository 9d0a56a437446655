import Evidence
import JSON
import Knowledge

extension Advisor {
  /// The most of a log that is read, in bytes; of a longer one the end is taken.
  package static let logByteLimit = 16 << 20

  /// Explains what is slow or fails, from numbers, a log or words.
  ///
  /// The answer is a pure function of the request. Nothing given, and nothing recognized, are answers too: they say
  /// what would help.
  /// - Throws: `Refusal` when the framework is not one that is known.
  package func explain(_ request: DiagnosisRequest) throws(Refusal) -> Diagnosis {
    var assumptions: [Assumption] = []
    let named = try Self.named(request.framework)
    let scan = Self.scan(request.logText, &assumptions)
    let words = request.symptom ?? ""
    let complaints = Complaint.recognize(words)
    var described = Symptom.recognize(words, among: Symptom.catalogue.records)
    // A message that is quoted in the description counts as a description.
    if !words.isEmpty, let quoted = LogScanner.standard?.scan(LogText(words)) {
      described += quoted.hits.filter { hit in !described.contains { $0.match.id == hit.symptom.id } }
        .map { RecognizedWords(match: $0.symptom, words: [$0.symptom.pattern]) }
    }

    let inferred = named == nil ? Self.inferred(scan, described: described.map(\.match)) : nil
    let naming = named ?? inferred.flatMap { FrameworkNaming($0.name) }
    let framework = named.map { InferredFramework(name: $0.name, how: "named in the request") } ?? inferred
    if let inferred {
      assumptions.append(
        Assumption(
          what: "The framework is \(inferred.name): \(inferred.how).",
          effect: "Remedies for another framework would come first."))
    }

    let situation = Situation(
      request, scan: scan, described: described.map(\.match.id), framework: naming?.framework)
    let finder = CauseFinder(
      situation: situation, naming: naming, scan: scan, complaints: complaints, described: described)
    if request.metrics?.targetAccuracyKeptFraction == nil, request.metrics?.accuracyKeptFraction != nil {
      assumptions.append(
        Assumption(what: "95 % of the accuracy is to be kept.", effect: "EW454 fires at another value."))
    }
    if !finder.causes.isEmpty {
      assumptions.append(
        Assumption(
          what: "Confidence orders the causes by named factors; it is no frequency.",
          effect: "Causes close to each other may be in the other order."))
    }

    var unexplained = (scan?.troubles ?? []).prefix(5).map { Unexplained(what: $0.excerpt, line: $0.line) }
    if !words.isEmpty, complaints.isEmpty, described.isEmpty {
      unexplained.append(Unexplained(what: "The description: \(words.prefix(200))", line: nil))
    }
    return Diagnosis(
      summary: Self.summary(request, finder.causes, scan),
      causes: finder.causes, ruledOut: finder.ruledOut,
      plan: ResolutionPlan.steps(finder.causes, framework: framework?.name), framework: framework,
      readings: Array((scan?.readings ?? []).prefix(64)), unexplained: unexplained, assumptions: assumptions,
      next: Self.next(request, finder.causes))
  }

  private static func named(_ spelling: String?) throws(Refusal) -> FrameworkNaming? {
    guard let spelling else { return nil }
    if let naming = FrameworkNaming(spelling) { return naming }
    let nearest = Spelling.nearest(to: spelling, among: FrameworkNaming.names)
    throw Refusal(
      .invalidRequest,
      "There is no framework \"\(spelling.prefix(100))\" that messages are known of; known are "
        + FrameworkNaming.names.joined(separator: ", ") + ". Leave it out to have it told from the log.",
      details: nearest.map { ["nearest": $0] } ?? [:])
  }

  private static func scan(_ text: String?, _ assumptions: inout [Assumption]) -> LogScan? {
    guard let text, !text.isEmpty, let scanner = LogScanner.standard else { return nil }
    var bytes = Array(text.utf8)
    if bytes.count > logByteLimit {
      assumptions.append(
        Assumption(
          what: "Only the last \(logByteLimit) of \(bytes.count) bytes of the log were read; lines count from there.",
          effect: "A message before them was not seen."))
      bytes = Array(bytes.suffix(logByteLimit))
    }
    return scanner.scan(LogText(bytes: bytes))
  }

  private static func inferred(_ scan: LogScan?, described: [Symptom]) -> InferredFramework? {
    if let first = scan?.frameworks.first {
      // Ollama's log holds lines of the llama.cpp inside it: the program that was started is Ollama.
      let found = scan?.frameworks.first { $0.name == "Ollama" && first.name == "llama.cpp" } ?? first
      let clues = found.clues.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
      return InferredFramework(name: found.name, how: "the log has \(clues) from line \(found.line) on")
    }
    let owners = Set(
      ((scan?.hits.map(\.symptom) ?? []) + described).filter { $0.isGeneric != true && $0.framework != "any" }
        .map(\.framework))
    guard owners.count == 1, let owner = owners.first else { return nil }
    return InferredFramework(name: owner, how: "only it has the message or trouble that was recognized")
  }

  private static func summary(_ request: DiagnosisRequest, _ causes: [DiagnosedCause], _ scan: LogScan?) -> String {
    if request.isEmpty {
      return """
        Nothing was given to explain. Give at least one of metrics (numbers of the run), logText (the output of the \
        program) and symptom (what is wrong, in words).
        """
    }
    if let first = causes.first(where: { $0.standing == .found }) {
      let others = causes.count { $0.standing == .found } - 1
      let more = others > 0 ? " \(others) more \(others == 1 ? "cause was" : "causes were") found." : ""
      return "Most likely \(first.code): \(first.title)\(first.title.hasSuffix(".") ? "" : ".")" + more
    }
    if let first = causes.first {
      return """
        Nothing that was given settles it. \(causes.count) usual \(causes.count == 1 ? "cause remains" : "causes remain"), \
        first \(first.code): \(first.title) What is missing is named with each.
        """
    }
    if let scan, !scan.troubles.isEmpty {
      return """
        The log reports trouble, but no known message is in it and no limit is crossed. The lines are under unexplained.
        """
    }
    return "Nothing that is known fits: no known message, no crossed limit. This does not mean that nothing is wrong."
  }

  private static func next(_ request: DiagnosisRequest, _ causes: [DiagnosedCause]) -> [NextStep] {
    var steps: [NextStep] = []
    if request.isEmpty || causes.isEmpty {
      steps = [
        NextStep(
          purpose: "Explain a failure: give the whole output of the program as logText.",
          command: "edgewise diagnose run.log", method: "diagnosis/explain"),
        NextStep(
          purpose: "Explain slowness: give what was measured and what is wanted.", method: "diagnosis/explain",
          params: [
            "metrics": [
              "latencySeconds": 3, "targetLatencySeconds": 1, "cpuUtilizationFraction": 0.9,
              "memoryBytes": 4_000_000_000,
            ]
          ]),
        NextStep(
          purpose: "Explain a complaint in plain words.", method: "diagnosis/explain",
          params: ["symptom": "slow first token", "framework": "llama.cpp"]),
      ]
    }
    if let first = causes.first {
      steps.append(
        NextStep(
          purpose: "Read more about the first cause.", command: "edgewise explain \(first.code)",
          method: "rule/explain", params: ["code": .string(first.code)]))
    }
    if causes.contains(where: { $0.code.hasPrefix("EW3") }) {
      steps.append(
        NextStep(
          purpose: "Measure what this machine can do, to tell its limit from a setting.", command: "edgewise bench",
          method: "benchmark/run"))
    }
    return steps
  }
}

extension DiagnosisRequest {
  /// Whether there is nothing to explain: a machine, a model or a framework alone are no trouble.
  var isEmpty: Bool {
    (metrics == nil || metrics == DiagnosisMetrics()) && (logText ?? "").isEmpty && (symptom ?? "").isEmpty
  }
}
