extension Situation {
  /// The memory that a model may take, in bytes: the usable or total memory, the goal's limit and the largest
  /// accelerator memory counted; nil when none is known.
  package var memoryForModelBytes: Int? {
    let system = machine.usableMemoryBytes ?? machine.memoryBytes
    guard let limit = goals.memoryLimitBytes else { return system }
    return system.map { min($0, limit) } ?? limit
  }
}
