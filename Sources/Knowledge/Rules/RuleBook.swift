/// Every rule that Edgewise knows, sorted by code.
package enum RuleBook {
  package static let all: [any Rule.Type] = [
    WeightsExceedMemory.self,
    ContextExceedsMemory.self,
    LittleMemoryHeadroom.self,
    PagesFromStorage.self,
    KeyValueCacheDominates.self,
    MemoryAboveLimit.self,
    MemoryNearlyFull.self,
    ContainerMemoryLimit.self,
    AllocationRefused.self,
    AcceleratorMemoryFull.self,
    FrameworkLacksSystem.self,
    AcceleratorWithoutBackend.self,
    ModalityUnsupported.self,
    ModelKindUnsupported.self,
    FileFormatUnreadable.self,
    ExperimentalBackend.self,
    EdgeTPUWithoutLanguageModels.self,
    ImportanceMatrixRequired.self,
    MissingInstructionSet.self,
    RowsNotMultipleOf256.self,
    NeuralProcessorNeedsSymmetricWeights.self,
    RuntimeOlderThanModel.self,
    OutdatedModelFile.self,
    MixedVersions.self,
    DamagedModelFile.self,
    RenamedOptions.self,
    DecodeBelowTarget.self,
    UnquantizedWeights.self,
    DevicePrefersFormat.self,
    BandwidthBoundDecode.self,
    ProcessorBusy.self,
    ComputeBoundPrefill.self,
    TooManyThreads.self,
    ThreadsAboveQuota.self,
    AcceleratorUnused.self,
    PartialOffload.self,
    ProcessorOnlyBuild.self,
    SlowFormatForProcessor.self,
    FlashAttentionAtDepth.self,
    UnevenLatency.self,
    ModelTooLargeForRate.self,
    ThroughputBelowTarget.self,
    SlowStorage.self,
    LatencyAboveTarget.self,
    FormatLosesQuality.self,
    ImportanceMatrixHelps.self,
    LowBitsOnSmallModel.self,
    QuantizedKeyValueCache.self,
    ChatTemplateMissing.self,
    AccuracyBelowTarget.self,
    ContextBeyondTraining.self,
    OutsidePlatformMatrix.self,
    OffDecisionTree.self,
    WorkflowPrefersOthers.self,
    RequirementBarelyMet.self,
    UseCaseFavorsOthers.self,
    ServesFewUsers.self,
    OffUnifiedStrategy.self,
    UnknownAccelerator.self,
    FrameworkNotInstalled.self,
    OutdatedAdvice.self,
    PowerSaving.self,
    ThermalThrottling.self,
    RemoteMemory.self,
    DriverMissing.self,
    BackgroundLoad.self,
  ]

  /// The codes of every rule, sorted.
  package static let codes = all.map { $0.code }

  private static let byCode = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })

  /// The rule with a code such as `EW101`, in any letter case, or with a name.
  package static func rule(code: String) -> (any Rule.Type)? {
    byCode[code.uppercased()] ?? all.first { $0.card.name == code }
  }

  /// Runs every rule on a situation.
  /// - Returns: the rules that fired, in the order of their codes, and the facts that others missed, sorted.
  package static func examine(_ situation: Situation) -> (findings: [Finding], missing: [String]) {
    var findings: [Finding] = []
    var missing: Set<String> = []
    for rule in all {
      switch rule.check(situation) {
      case .fires(let because, let evidence):
        let card = rule.card
        findings.append(
          Finding(
            code: card.code, rule: card.name, severity: card.severity, because: because, evidence: evidence))
      case .unknown(let names): missing.formUnion(names)
      case .quiet: break
      }
    }
    return (findings, missing.sorted())
  }
}
