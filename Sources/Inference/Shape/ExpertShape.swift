/// The dimensions of a mixture of experts.
package struct ExpertShape: Hashable, Sendable {
  /// Experts in each layer.
  package var count: Int
  /// Experts that each token uses.
  package var used: Int
  /// The width of one expert.
  package var intermediateSize: Int
  /// What the shares of the chosen experts, which add up to one, are multiplied with.
  package var scale: Float = 1

  package init(count: Int, used: Int, intermediateSize: Int) {
    self.count = count
    self.used = used
    self.intermediateSize = intermediateSize
  }
}
