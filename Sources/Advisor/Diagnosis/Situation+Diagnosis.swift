import Knowledge

extension Situation {
  /// The situation that a request and the scan of its log describe; what the caller says outweighs what the log says.
  init(_ request: DiagnosisRequest, scan: LogScan?, described: [String], framework: Framework?) {
    self.init()
    if let machine = request.machine { self.machine = machine }
    if let model = request.model { self.model = model }
    software.toolchains = request.toolchains
    software.framework = framework
    if let scan { take(scan) }
    if let metrics = request.metrics { take(metrics) }
    if scan != nil || !described.isEmpty { run.messages = (scan?.hits.map(\.symptom.id) ?? []) + described }
  }

  private mutating func take(_ scan: LogScan) {
    func number(_ field: LogReading.Field) -> Double? { scan.last(field)?.value }
    func count(_ field: LogReading.Field) -> Int? { number(field).flatMap { Int(exactly: $0.rounded()) } }
    run.contextLength = count(.contextTokens)
    run.decodeTokensPerSecond = number(.decodeTokensPerSecond)
    run.prefillTokensPerSecond = number(.prefillTokensPerSecond)
    run.promptTokens = count(.prefillTokenCount)
    run.failedAllocationBytes = count(.failedAllocationBytes)
    run.layerCount = count(.layerCount)
    run.loadSeconds = number(.loadSeconds)
    run.memoryBytes = count(.peakMemoryBytes)
    run.offloadedLayerCount = count(.offloadedLayerCount)
    run.threads = count(.threadCount)
    run.usesFlashAttention = number(.flashAttention).map { $0 != 0 }
    // The line with the sum over all devices comes after theirs.
    run.keyValueBytes = count(.kvCacheBytes)
    // A refused cache states its size only as that of the refused request.
    if run.keyValueBytes == nil, scan.hits.contains(where: { $0.symptom.id == "lcp-kv-alloc" }) {
      run.keyValueBytes = run.failedAllocationBytes
    }
    if model.contextLength == nil { model.contextLength = count(.trainedContextTokens) }
    if model.weightBytes == nil { model.weightBytes = count(.modelFileBytes) }
    if machine.usableMemoryBytes == nil { machine.usableMemoryBytes = count(.availableBytes) }
  }

  private mutating func take(_ metrics: DiagnosisMetrics) {
    func set<Value>(_ path: WritableKeyPath<Situation, Value?>, _ value: Value?) {
      if let value { self[keyPath: path] = value }
    }
    set(\.run.acceleratorMemoryUtilizationFraction, metrics.acceleratorMemoryUtilizationFraction)
    set(\.run.acceleratorUtilizationFraction, metrics.acceleratorUtilizationFraction)
    set(\.run.accuracyKeptFraction, metrics.accuracyKeptFraction)
    set(\.run.backgroundLoadFraction, metrics.backgroundLoadFraction)
    set(\.run.bandwidthUtilizationFraction, metrics.bandwidthUtilizationFraction)
    set(\.run.clockFraction, metrics.clockFraction)
    set(\.run.contextLength, metrics.contextLength)
    set(\.machine.cpuQuotaCores, metrics.cpuQuotaCores)
    set(\.run.cpuUtilizationFraction, metrics.cpuUtilizationFraction)
    set(\.run.decodeTokensPerSecond, metrics.decodeTokensPerSecond)
    set(\.run.failedAllocationBytes, metrics.failedAllocationBytes)
    set(\.machine.frequencyGovernor, metrics.frequencyGovernor)
    set(\.run.keyValueFormat, metrics.keyValueFormat)
    set(\.run.latencySeconds, metrics.latencySeconds)
    set(\.run.latencyVariationFraction, metrics.variationFraction)
    set(\.run.layerCount, metrics.layerCount)
    set(\.run.loadSeconds, metrics.loadSeconds)
    set(\.run.majorPageFaultsPerSecond, metrics.majorPageFaultsPerSecond)
    set(\.machine.memoryBandwidthBytesPerSecond, metrics.memoryBandwidthBytesPerSecond)
    set(\.run.memoryBytes, metrics.memoryBytes)
    set(\.goals.memoryLimitBytes, metrics.memoryLimitBytes)
    set(\.run.memoryUtilizationFraction, metrics.memoryUtilizationFraction)
    set(\.run.offloadedLayerCount, metrics.offloadedLayerCount)
    set(\.run.prefillTokensPerSecond, metrics.prefillTokensPerSecond)
    set(\.run.promptTokens, metrics.promptTokens)
    set(\.run.requestsPerSecond, metrics.requestsPerSecond)
    set(\.run.swapBytesPerSecond, metrics.swapBytesPerSecond)
    set(\.goals.accuracyKeptFraction, metrics.targetAccuracyKeptFraction)
    set(\.goals.decodeTokensPerSecond, metrics.targetDecodeTokensPerSecond)
    set(\.goals.latencySeconds, metrics.targetLatencySeconds)
    set(\.goals.requestsPerSecond, metrics.targetRequestsPerSecond)
    set(\.goals.timeToFirstTokenSeconds, metrics.targetTimeToFirstTokenSeconds)
    set(\.run.temperatureCelsius, metrics.temperatureCelsius)
    set(\.run.threads, metrics.threads)
    set(\.run.timeToFirstTokenSeconds, metrics.timeToFirstTokenSeconds)
    set(\.run.usesChatTemplate, metrics.usesChatTemplate)
    set(\.run.usesFlashAttention, metrics.usesFlashAttention)
    set(\.model.weightBytes, metrics.weightBytes)
  }

  /// What is known without the caller's observations: a rule that fires on this alone is no finding about the trouble.
  var withoutObservations: Situation {
    var situation = self
    situation.run = Run()
    situation.goals = Goals()
    return situation
  }
}

extension DiagnosisMetrics {
  /// The variation that was given, or the standard deviation of three or more samples over their mean.
  var variationFraction: Double? {
    if let latencyVariationFraction { return latencyVariationFraction }
    guard let samples = latencySamplesSeconds, samples.count >= 3 else { return nil }
    let count = Double(samples.count)
    let mean = samples.reduce(0, +) / count
    guard mean > 0 else { return nil }
    let squares = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / (count - 1)).squareRoot() / mean
  }
}
