package import TensorFormats

/// Why a model or a session could not be made, or a run ended early; the description says what to do.
package enum InferenceError: Error, Hashable, Sendable {
  /// The file's architecture is not one that `SupportedArchitecture.all` lists.
  case unsupportedArchitecture(String)
  /// A matrix is stored in a format without kernels.
  case unsupportedFormat(tensor: String, format: TensorFormat, supported: [TensorFormat])
  /// A tensor that the architecture needs is not in the file.
  case missingTensor(String)
  /// A tensor's dimensions, columns first as GGUF files list them, are not what the hyperparameters ask for.
  case wrongTensorShape(tensor: String, expected: [Int], found: [Int])
  /// A layer has a tensor that the architecture's forward pass does not use, so that the result would be wrong.
  case unexpectedTensor(String)
  /// A weight is not a finite number: the row of the tensor, counted from 0 over all outer dimensions, and what was there.
  case notFinite(tensor: String, row: Int, found: String)
  /// Logits are not finite numbers although all weights are; an activation went beyond the range of its format.
  case overflow(token: Int)
  /// A hyperparameter is missing or outside what can be run.
  case badHyperparameter(name: String, expected: String, found: String)
  /// The file could not be opened or read as GGUF; the message is the reader's.
  case unreadable(String)
  /// A purpose (weights, KV cache, scratch) needs more memory than the limit leaves.
  case notEnoughMemory(purpose: String, neededBytes: Int, limitBytes: Int)
  /// The operating system refused memory.
  case allocationFailed(purpose: String, bytes: Int)
  /// More tokens than the session's context holds.
  case contextFull(contextTokens: Int, neededTokens: Int)
  /// A token id outside the vocabulary.
  case tokenOutOfRange(token: Int, vocabularySize: Int)
  /// A parameter of a call is outside its range.
  case badParameter(name: String, expected: String, found: Int)
  /// The run's `Cancellation` was raised.
  case cancelled
}

extension InferenceError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unsupportedArchitecture(let name):
      let supported = SupportedArchitecture.all.map(\.name).joined(separator: ", ")
      return "architecture \"\(name)\" is not supported; supported are \(supported)"
    case .unsupportedFormat(let tensor, let format, let supported):
      let names = supported.map(\.name).joined(separator: ", ")
      return "tensor \"\(tensor)\" is stored in \(format), which has no kernels here; supported are \(names); "
        + "requantize the file to one of them"
    case .missingTensor(let tensor):
      return "tensor \"\(tensor)\" is missing from the file"
    case .wrongTensorShape(let tensor, let expected, let found):
      return "tensor \"\(tensor)\" has dimensions \(found), expected \(expected) from the hyperparameters"
    case .unexpectedTensor(let tensor):
      return "tensor \"\(tensor)\" is not part of the architecture as it is supported; the model would run wrongly"
    case .notFinite(let tensor, let row, let found):
      return
        "tensor \"\(tensor)\" has \(found) in row \(row), expected finite numbers; the file is damaged or was converted "
        + "wrongly: download or convert it again"
    case .overflow(let token):
      return
        "the logits after token \(token) are not finite numbers although all weights are: an activation went out of range"
    case .badHyperparameter(let name, let expected, let found):
      return "hyperparameter \(name): expected \(expected), found \(found)"
    case .unreadable(let message):
      return message
    case .notEnoughMemory(let purpose, let neededBytes, let limitBytes):
      return "\(purpose) needs \(neededBytes) bytes but only \(limitBytes) bytes may be used; "
        + "choose a smaller format, model or context"
    case .allocationFailed(let purpose, let bytes):
      return "the operating system refused \(bytes) bytes for \(purpose); "
        + "choose a smaller format, model or context"
    case .contextFull(let contextTokens, let neededTokens):
      return "\(neededTokens) tokens do not fit in the session's context of \(contextTokens); open it with a longer one"
    case .tokenOutOfRange(let token, let vocabularySize):
      return "token \(token) is outside the vocabulary, expected 0 to \(vocabularySize - 1)"
    case .badParameter(let name, let expected, let found):
      return "\(name): expected \(expected), found \(found)"
    case .cancelled:
      return "the run was cancelled"
    }
  }
}
