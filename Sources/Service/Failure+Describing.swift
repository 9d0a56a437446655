import Advisor
import JSON
import Kernels
import OrderedCollections

extension Failure {
  /// The failure that an error of the floors below stands for.
  package init(describing error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let refusal as Refusal: self.init(refusal)
    case is Cancelled, is CancellationError: self.init(.requestCancelled, "cancelled by the caller")
    default: self.init(.internalError, "Edgewise failed unexpectedly: \(error)")
    }
  }

  private init(_ refusal: Refusal) {
    let name: Name =
      switch refusal.kind {
      case .invalidRequest: .invalidParams
      case .modelNotFound: .modelNotFound
      case .modelUnreadable: .modelUnreadable
      case .modelMalformed: .modelMalformed
      case .modelUnsupported: .modelUnsupported
      case .machineUnknown: .machineUnknown
      case .insufficientMemory: .insufficientMemory
      case .measurementFailed: .measurementFailed
      case .ruleUnknown: .ruleUnknown
      }
    let details = refusal.details.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
    self.init(
      name, refusal.message,
      data: details.isEmpty ? nil : .object(JSON.Object(uniqueKeysWithValues: details)))
  }
}
