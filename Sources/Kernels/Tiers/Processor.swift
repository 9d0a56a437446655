import CKernels

/// What the CPU says that it is.
package enum Processor {
  /// The vendor identification, such as `AuthenticAMD`; nil where the CPU does not tell programs.
  package static let vendor: String? = text(capacity: 64) { ew_cpu_vendor($0) }

  /// The brand string, such as `AMD EPYC 9654 96-Core Processor`; nil where the CPU does not tell programs.
  package static let brand: String? = text(capacity: 128) { ew_cpu_brand($0) }

  private static func text(capacity: Int, _ write: (UnsafeMutablePointer<CChar>) -> Void) -> String? {
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer -> String in
      guard let base = buffer.baseAddress else { return "" }
      write(base)
      return String(cString: base)
    }
    let words = text.split(separator: " ").joined(separator: " ")
    return words.isEmpty ? nil : words
  }
}
