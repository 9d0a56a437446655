import Advisor

/// What the product says of itself.
package enum Product {
  package static let name = "edgewise"
  package static let version = EdgewiseVersion.text
  package static let summary =
    "Answers which framework, quantization and settings run a model on a device, and measures instead of guessing."
}
