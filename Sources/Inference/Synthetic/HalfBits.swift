/// Conversion of f32 to the bits of f16, for the few scales of synthetic blocks.
enum HalfBits {
  /// The nearest f16 of a finite number within its range, subnormals included; ties may go either way.
  static func rounding(_ value: Float) -> UInt16 {
    let sign: UInt16 = value < 0 ? 0x8000 : 0
    let magnitude = value.magnitude
    guard magnitude > 0 else { return sign }
    // The exponent of the last place: 2^-24 for subnormals, else ten places below the first.
    let lastPlace = max(-24, Int(magnitude.exponent) - 10)
    let steps = Int((Double(magnitude) / Double(sign: .plus, exponent: lastPlace, significand: 1)).rounded())
    // Carrying over into the exponent's bits is what rounding up to the next power of two means.
    let biased = (lastPlace + 24) << 10
    return sign | UInt16(clamping: min(biased + steps, 0x7bff))
  }
}
