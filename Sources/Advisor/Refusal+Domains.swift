package import Inference
package import ModelFiles

extension Refusal {
  /// The refusal that a model file's error stands for.
  package init(_ error: ModelFileError) {
    let kind: Kind =
      switch error.kind {
      case .notFound, .missingPart: .modelNotFound
      case .directory, .specialFile, .notPermitted, .unreadable: .modelUnreadable
      case .unsupportedVersion, .unsupportedFormat: .modelUnsupported
      case .notAModel, .truncated, .malformed, .inconsistentParts: .modelMalformed
      case .exists, .notWritable, .noSpace: .invalidRequest
      }
    var details = ["problem": error.kind.rawValue]
    if let path = error.path { details["path"] = path }
    if let offset = error.byteOffset { details["byteOffset"] = "\(offset)" }
    self.init(kind, "\(error)", details: details)
  }

  /// The refusal that an error of the inference engine stands for.
  package init(_ error: InferenceError) {
    let kind: Kind =
      switch error {
      case .unsupportedArchitecture, .unsupportedFormat: .modelUnsupported
      case .missingTensor, .wrongTensorShape, .unexpectedTensor, .badHyperparameter, .notFinite: .modelMalformed
      case .unreadable: .modelUnreadable
      case .notEnoughMemory, .allocationFailed: .insufficientMemory
      case .contextFull, .badParameter: .invalidRequest
      case .tokenOutOfRange, .overflow, .cancelled: .measurementFailed
      }
    self.init(kind, "\(error)")
  }
}
