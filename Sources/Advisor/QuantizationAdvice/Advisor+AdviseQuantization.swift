extension Advisor {
  /// Ranks the numeric formats of a framework for a model on a machine: size, fit, loss, speed, reasons and commands.
  ///
  /// Not fitting is an answer: such formats come last, and `wouldFit` says what would. Without a parameter count there
  /// are no formats, and the assumptions say so.
  package func adviseQuantization(_ question: QuantizationQuestion) -> QuantizationAnswer {
    QuantizationAdvisor(question).answer()
  }
}
