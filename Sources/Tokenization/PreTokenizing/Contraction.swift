/// `'s|'t|'re|'ve|'m|'ll|'d`, the endings that English words are cut off from.
enum Contraction {
  /// Where the contraction at `start` ends, or nil when there is none.
  ///
  /// Ignoring case, U+017F (ſ) is an s: the reference's regular expressions fold case by Unicode.
  static func end(_ text: ScalarText, _ start: Int, _ end: Int, ignoresCase: Bool) -> Int? {
    guard start + 1 < end, text.scalars[start] == 0x27 else { return nil }
    let first = fold(text.scalars[start + 1], ignoresCase)
    switch first {
    case "s", "t", "m", "d": return start + 2
    default: break
    }
    guard start + 2 < end else { return nil }
    switch (first, fold(text.scalars[start + 2], ignoresCase)) {
    case ("r", "e"), ("v", "e"), ("l", "l"): return start + 3
    default: return nil
    }
  }

  private static func fold(_ scalar: UInt32, _ ignoresCase: Bool) -> Unicode.Scalar {
    if ignoresCase, (0x41...0x5A).contains(scalar) { return Unicode.Scalar(UInt8(scalar + 0x20)) }
    if ignoresCase, scalar == 0x17F { return "s" }
    return Unicode.Scalar(scalar) ?? " "
  }
}
