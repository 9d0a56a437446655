/// Why no tensors follow from a shape.
package struct BlueprintError: Error, Hashable, Sendable {
  /// What was expected, what was found, and what to do.
  package let message: String

  package init(_ message: String) { self.message = message }
}
