import CKernels
package import TensorFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The kernels of one tier: chosen once at start-up, passed down, recorded in every result.
///
/// Operations take raw buffers, and check their sizes before anything is read or written; a buffer that is too small is a
/// programming error and stops the program. Where a tier lacks a kernel of its own it uses the next slower tier's.
package struct KernelSet: Hashable, Sendable {
  package let tier: Tier
  /// Whether BF16 strips are multiplied as on processors of the tier that have no BF16 instruction; for tests.
  package var avoidsBFloat16Instruction = false

  private init(tier: Tier) {
    self.tier = tier
  }

  /// The kernels of `tier`.
  ///
  /// - Throws: `TierError.unusable` when this machine cannot run them.
  package init(_ tier: Tier) throws(TierError) {
    guard tier.isUsable else { throw .unusable(tier) }
    self.init(tier: tier)
  }

  /// The environment variable that names the tier to use instead of the fastest.
  package static let overrideVariable = "EDGEWISE_TIER"

  /// The value of `EDGEWISE_TIER`; nil when unset or empty.
  package static var environmentOverride: String? {
    guard let value = getenv(overrideVariable) else { return nil }
    let name = String(cString: value)
    return name.isEmpty ? nil : name
  }

  /// Chooses the tier named by `override`, or the fastest that can run here when that is nil.
  ///
  /// - Throws: `TierError` when no tier has that name or this machine cannot run it.
  package static func select(override: String? = environmentOverride) throws(TierError) -> KernelSet {
    guard let override else { return KernelSet(tier: .best) }
    guard let tier = Tier(rawValue: override) else { throw .unknown(name: override) }
    return try KernelSet(tier)
  }

  /// One set for every tier that can run here, slowest first.
  package static let usable: [KernelSet] = Tier.usable.map { KernelSet(tier: $0) }

  /// The formats that `multiply` and `dequantizeRow` take.
  package static let formats: [TensorFormat] = TensorFormat.all.filter { ew_product_supports(Int32($0.id)) }

  /// Whether `multiply` and `dequantizeRow` take weights of `format`.
  package func supports(_ format: TensorFormat) -> Bool { Self.formats.contains(format) }

  /// Whether the tier's own kernel multiplies weights of `format`, rather than a slower tier's.
  package func isNative(_ format: TensorFormat) -> Bool {
    supports(format) && ew_product_is_native(tier.number, Int32(format.id))
  }
}
