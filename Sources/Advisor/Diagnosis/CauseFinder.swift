import Evidence
import Knowledge

/// Collects the causes that messages, words and rules point at.
struct CauseFinder {
  let situation: Situation
  let naming: FrameworkNaming?
  let scan: LogScan?
  let complaints: [RecognizedWords<Complaint>]
  let described: [RecognizedWords<Symptom>]
  let writer: RemedyWriter

  private(set) var causes: [DiagnosedCause] = []
  private(set) var ruledOut: [RuledOutCause] = []

  /// At most this many unjudged usual causes are named.
  private static let possibleLimit = 8

  init(
    situation: Situation, naming: FrameworkNaming?, scan: LogScan?, complaints: [RecognizedWords<Complaint>],
    described: [RecognizedWords<Symptom>]
  ) {
    self.situation = situation
    self.naming = naming
    self.scan = scan
    self.complaints = complaints
    self.described = described
    writer = RemedyWriter(situation: situation, naming: naming)
    findSymptoms()
    findRules()
    causes.sort {
      ($0.standing == .found ? 0 : 1, -$0.confidenceFraction, $0.code)
        < ($1.standing == .found ? 0 : 1, -$1.confidenceFraction, $1.code)
    }
  }

  private mutating func findSymptoms() {
    for hit in scan?.hits ?? [] {
      var confidence = Confidence(hit.symptom, isDescribed: false, framework: naming)
      // "CUDA error" lines repeat a shorter message inside a longer one: the longer says more.
      let isInsideOther = (scan?.hits ?? []).contains { other in
        other.symptom.id != hit.symptom.id && other.symptom.pattern.utf8.count > hit.symptom.pattern.utf8.count
          && other.symptom.pattern.contains(hit.symptom.pattern) && other.places.first?.line == hit.places.first?.line
      }
      if isInsideOther { confidence.take("part of a longer known message", 0.6) }
      let evidence = hit.places.enumerated().map { index, place in
        MatchedEvidence(
          kind: .log, what: "The log has the text of \(hit.symptom.id).", line: place.line, excerpt: place.excerpt,
          count: index == 0 ? hit.count : nil)
      }
      add(hit.symptom, confidence, evidence)
    }
    for found in described where !causes.contains(where: { $0.code == found.match.id }) {
      let confidence = Confidence(found.match, isDescribed: true, framework: naming)
      let words = found.words.map { "\"\($0)\"" }.joined(separator: ", ")
      add(
        found.match, confidence, [MatchedEvidence(kind: .description, what: "Your description has \(words).")])
    }
  }

  private mutating func add(_ symptom: Symptom, _ confidence: Confidence, _ evidence: [MatchedEvidence]) {
    var missing: [MissingFact] = []
    if naming == nil, symptom.isGeneric == true {
      missing.append(FactGuide.fact("software.framework"))
    }
    if symptom.isFollowOn == true {
      missing.append(
        MissingFact(
          what: "the reason, which an earlier line has", how: "Give the log from its first line, with debug output."))
    }
    causes.append(
      DiagnosedCause(
        code: symptom.id, title: symptom.match == "concept" ? symptom.pattern : symptom.cause, standing: .found,
        confidenceFraction: confidence.fraction, confidenceBasis: confidence.basis, why: symptom.cause,
        evidence: evidence, missing: missing, remedies: writer.remedies(symptom), related: symptom.rules ?? [],
        sources: [symptom.source]))
  }

  /// The codes of the rules that complaints and crossed limits make suspect, the most frequent first.
  private func suspects() -> [String] {
    var codes = complaints.flatMap(\.match.candidates)
    func suspect(_ complaint: String, when rules: [any Rule.Type]) {
      guard rules.contains(where: { $0.check(situation).kind == .fires }) else { return }
      codes += Complaint.all.first { $0.code == complaint }?.candidates ?? []
    }
    suspect("slow-generation", when: [LatencyAboveTarget.self, ThroughputBelowTarget.self])
    suspect("slow-first-token", when: [ComputeBoundPrefill.self])
    suspect("out-of-memory", when: [MemoryAboveLimit.self, MemoryNearlyFull.self])
    suspect("uneven-speed", when: [UnevenLatency.self])
    suspect("accuracy-lost", when: [AccuracyBelowTarget.self])
    var seen: Set<String> = []
    return codes.filter { seen.insert($0).inserted }
  }

  private mutating func findRules() {
    let suspects = suspects()
    let bare = situation.withoutObservations
    var possible: [DiagnosedCause] = []
    for rule in RuleBook.troubleshooting {
      let place = suspects.firstIndex(of: rule.code)
      switch rule.check(situation) {
      case .fires(let because, let evidence):
        if rule.check(bare).kind == .fires, place == nil { continue }
        add(rule, because: because, evidence: evidence, isSuspected: place != nil)
      case .unknown(let missing):
        guard let place else { continue }
        let confidence = Confidence(usualCauseAt: place)
        possible.append(
          cause(
            rule, .possible, confidence,
            [MatchedEvidence(kind: .rule, what: "A usual cause of what was described; it could not be judged.")],
            missing: missing.map(FactGuide.fact)))
      case .quiet:
        if place != nil { ruledOut.append(RuledOutCause(code: rule.code, title: rule.card.summary)) }
      }
    }
    possible.sort { $0.confidenceFraction > $1.confidenceFraction }
    causes += possible.prefix(Self.possibleLimit)
  }

  private mutating func add(_ rule: any Rule.Type, because: String, evidence: Evidence, isSuspected: Bool) {
    let numbers = ((rule as? any Measuring.Type)?.measurements(situation) ?? []).map { number in
      MatchedEvidence(
        kind: .metric,
        what: number.threshold.map {
          "\(number.metric) is \(NumberText.text(number.value)), the limit \(NumberText.text($0))."
        }
          ?? "\(number.metric) is \(NumberText.text(number.value)).",
        metric: number.metric, value: number.value, threshold: number.threshold)
    }
    let statement = MatchedEvidence(kind: .rule, what: because)
    // A rule that stands behind a message that was found explains it: one cause, not two.
    let explained = causes.indices.filter { causes[$0].related.contains(rule.code) }
    if let best = explained.max(by: { causes[$0].confidenceFraction < causes[$1].confidenceFraction }) {
      causes[best].evidence += [statement] + numbers
      causes[best].remedies += writer.remedies(rule.card)
      causes[best].sources += rule.card.citations
      causes[best].why += ". " + rule.card.rationale
      return
    }
    var confidence = Confidence(rule.card, evidence: evidence, isSuspected: isSuspected)
    if isBeside(rule) { confidence.take("machine setting, not seen in the run", 0.6) }
    causes.append(cause(rule, .found, confidence, [statement] + numbers, missing: []))
  }

  /// Whether the rule fires on the machine or model alone, so that nothing of what was observed confirms it.
  private func isBeside(_ rule: any Rule.Type) -> Bool { rule.check(situation.withoutObservations).kind == .fires }

  private func cause(
    _ rule: any Rule.Type, _ standing: DiagnosedCause.Standing, _ confidence: Confidence,
    _ evidence: [MatchedEvidence], missing: [MissingFact]
  ) -> DiagnosedCause {
    let card = rule.card
    return DiagnosedCause(
      code: card.code, title: card.summary, standing: standing, confidenceFraction: confidence.fraction,
      confidenceBasis: confidence.basis, why: card.rationale, evidence: evidence, missing: missing,
      remedies: writer.remedies(card), related: [], sources: card.citations)
  }
}
