/// The numeric type of the values of a tensor in a graph.
struct ElementType: Hashable, Sendable {
  /// What the values can be.
  enum Family: Hashable, Sendable {
    case floating
    case integer
    /// Text, complex numbers and truth values, which are no weights.
    case other
  }

  /// The name as reports write it, such as `F16` or `U4`.
  let name: String
  /// The bits of one value; nil for text.
  let bits: Int?
  let family: Family

  init(_ name: String, _ bits: Int?, _ family: Family) {
    self.name = name
    self.bits = bits
    self.family = family
  }

  /// Whether a tensor of this type and so many dimensions holds weights, rather than settings such as shapes and constants.
  ///
  /// Integers of 16 bits and more are shapes, indices and sums; a single number is a setting.
  func isWeight(rank: Int) -> Bool {
    switch family {
    case .floating: rank > 0
    case .integer: rank > 1 && (bits ?? 64) <= 8
    case .other: false
    }
  }

  /// The bytes of `values` values packed without gaps; nil for text, or when the count overflows.
  func byteCount(values: Int) -> Int? {
    guard let bits else { return nil }
    let (total, overflow) = values.multipliedReportingOverflow(by: bits)
    guard !overflow, total <= Int.max - 7 else { return nil }
    return (total + 7) / 8
  }
}

extension Collection<Int> {
  /// The product of sizes, 1 for none; nil when one is negative or the product overflows.
  var checkedProduct: Int? {
    var product = 1
    for size in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      guard size >= 0, !overflow else { return nil }
      product = next
    }
    return product
  }
}
