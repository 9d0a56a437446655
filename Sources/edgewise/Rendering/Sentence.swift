/// Pieces of text that stand beside others.
enum Sentence {
  /// How the names of programs begin that look like words with a hyphen.
  private static let programs = ["llama-", "mlx-", "optimum-", "vllm"]

  /// The text with a capital at the start and a full stop at the end, unless it ends in a sign already.
  static func text(_ text: String) -> String {
    guard let first = text.first, let last = text.last else { return "" }
    // Names such as int8, llama.cpp or llama-server keep their spelling.
    let word = text.prefix { !$0.isWhitespace }
    let isName =
      word.contains { $0.isUppercase || $0.isNumber || $0 == "." || $0 == "_" || $0 == "/" }
      || programs.contains { word.hasPrefix($0) }
    let start = isName ? String(first) : first.uppercased()
    return start + text.dropFirst() + (".!?:".contains(last) ? "" : ".")
  }
}
