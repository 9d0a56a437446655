/// A kernel tier was asked for by name that cannot be used.
package enum TierError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No tier has this name.
  case unknown(name: String)
  /// The tier exists, but this CPU, operating system or build cannot run it.
  case unusable(Tier)

  package var description: String {
    let usable = Tier.usable.map(\.rawValue).joined(separator: ", ")
    return switch self {
    case .unknown(let name):
      "unknown kernel tier '\(name)' in \(KernelSet.overrideVariable): expected one of \(usable)"
    case .unusable(let tier):
      "kernel tier '\(tier.rawValue)' in \(KernelSet.overrideVariable) cannot run on this machine: expected one of \(usable)"
    }
  }
}
