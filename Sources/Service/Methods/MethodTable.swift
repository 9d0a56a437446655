/// The one list of methods, by name.
package enum MethodTable {
  package static let all: [AnyMethod] = [
    AnyMethod(AdviceRecommend.self),
    AnyMethod(BenchmarkCancel.self),
    AnyMethod(BenchmarkKernels.self),
    AnyMethod(BenchmarkList.self),
    AnyMethod(BenchmarkResult.self),
    AnyMethod(BenchmarkRun.self),
    AnyMethod(BenchmarkStart.self),
    AnyMethod(BenchmarkStatus.self),
    AnyMethod(CalibrateEngine.self),
    AnyMethod(DiagnosisExplain.self),
    AnyMethod(FrameworkSelect.self),
    AnyMethod(GenerateRun.self),
    AnyMethod(HardwareAssess.self),
    AnyMethod(HardwareList.self),
    AnyMethod(ModelFit.self),
    AnyMethod(ModelInspect.self),
    AnyMethod(ModelList.self),
    AnyMethod(ModelMemory.self),
    AnyMethod(ModelSpeed.self),
    AnyMethod(ModelSynthesize.self),
    AnyMethod(QuantizationAdvise.self),
    AnyMethod(RuleExplain.self),
    AnyMethod(TokenizerDecode.self),
    AnyMethod(TokenizerEncode.self),
  ]
}
