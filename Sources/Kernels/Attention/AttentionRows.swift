/// The query rows of one call of attention, and what each sees.
package struct AttentionRows {
  /// Row r at `queries[r * stride]`, as many values as the head has.
  package let queries: UnsafeBufferPointer<Float>
  package let stride: Int
  /// Row r sees positions `first[r]..<visible[r]`, at least one.
  package let first: UnsafeBufferPointer<UInt32>
  package let visible: UnsafeBufferPointer<UInt32>
  /// What scores are multiplied with.
  package let scale: Float
  /// Scores are squeezed into this much either side of zero; 0 for no cap.
  package let softCap: Float
  /// A score of each row that takes weight and adds nothing.
  package let sinks: UnsafeBufferPointer<Float>?

  package init(
    queries: UnsafeBufferPointer<Float>, stride: Int, first: UnsafeBufferPointer<UInt32>,
    visible: UnsafeBufferPointer<UInt32>, scale: Float, softCap: Float = 0, sinks: UnsafeBufferPointer<Float>? = nil
  ) {
    precondition(first.count == visible.count && (sinks?.count ?? visible.count) == visible.count)
    self.queries = queries
    self.stride = stride
    self.first = first
    self.visible = visible
    self.scale = scale
    self.softCap = softCap
    self.sinks = sinks
  }

  package var count: Int { visible.count }
}
