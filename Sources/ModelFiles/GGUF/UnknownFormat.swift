import TensorFormats

/// What is known about type numbers that no current GGUF file should have.
enum UnknownFormat {
  /// Formats that ggml once had, by type number.
  ///
  /// Source: ggml.h of llama.cpp, the entries commented out as removed.
  static let removed: [UInt32: String] = [
    4: "Q4_2", 5: "Q4_3", 31: "Q4_0_4_4", 32: "Q4_0_4_8", 33: "Q4_0_8_8", 36: "IQ4_NL_4_4", 37: "IQ4_NL_4_8",
    38: "IQ4_NL_8_8",
  ]

  /// Formats of the fork ik_llama.cpp, by type number.
  ///
  /// Source: its ggml.h.
  static let forked: [UInt32: String] = [
    133: "Q6_0", 134: "IQ1_BN", 135: "IQ2_BN", 137: "IQ2_K", 138: "IQ3_K", 139: "IQ4_K", 140: "IQ5_K", 141: "IQ6_K",
    144: "IQ4_KS", 145: "IQ2_KS", 146: "IQ4_KSS", 152: "IQ5_KS", 153: "IQ2_KT", 154: "IQ3_KT", 155: "IQ4_KT",
    156: "IQ3_KS", 157: "IQ2_KL", 158: "IQ1_KT",
  ]

  static func message(id: UInt32, tensor: String) -> String {
    "The tensor '\(tensor)' has the format number \(id), which is not supported. \(known(id))"
  }

  private static func known(_ id: UInt32) -> String {
    if let name = removed[id] {
      return "It was \(name), which llama.cpp has removed. Quantize the model again, for example to Q4_0."
    }
    if let name = forked[id] {
      return "It is \(name) of the fork ik_llama.cpp: run the model there, or quantize it again with llama.cpp."
    }
    return "Supported are \(TensorFormat.all.map(\.name).joined(separator: ", ")). The file is damaged, or was written "
      + "by another or a newer tool: quantize the model again with llama.cpp."
  }
}
