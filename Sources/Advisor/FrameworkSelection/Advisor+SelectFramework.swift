extension Advisor {
  /// Ranks the frameworks for a machine, a model and goals, with the path through the decision tree.
  ///
  /// The answer depends on the question alone: the same question has the same answer.
  package func selectFramework(_ question: FrameworkQuestion) -> FrameworkAnswer {
    FrameworkSelector(question).answer()
  }
}
