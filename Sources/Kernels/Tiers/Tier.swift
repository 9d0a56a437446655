import CKernels

/// A set of instructions for which kernels are written, named by its instructions.
package enum Tier: String, CaseIterable, Sendable, Hashable, Codable {
  /// Portable C that runs everywhere; on arm64 the compiler already makes NEON of it.
  case scalar
  /// AVX2 with FMA and F16C.
  case avx2
  /// AVX2 with AVX-VNNI: the 8-bit dot products in 256-bit registers, for processors without AVX-512. Not yet run on hardware; its
  /// arithmetic was checked with the same instruction of AVX-512.
  case avxvnni
  /// AVX-512 (F, BW, DQ, VL) with VNNI, the 8-bit dot products.
  case avx512vnni
  /// NEON with the 8-bit dot products of Armv8.4. Not yet run on hardware; checked under an emulator.
  case neondotprod
  /// As neondotprod with the 8-bit matrix products of Armv8.6 (i8mm). Not yet run on hardware; checked under an emulator.
  case neoni8mm

  /// Whether the kernels are compiled in and CPU and operating system can run them.
  package var isUsable: Bool { ew_tier_usable(number) }

  /// Every tier that can run here, slowest first; `scalar` always can.
  package static let usable: [Tier] = allCases.filter(\.isUsable)

  /// The fastest tier that can run here.
  package static let best: Tier = usable.last ?? .scalar

  /// The number that C calls it by.
  var number: ew_tier {
    switch self {
    case .scalar: EW_TIER_scalar
    case .avx2: EW_TIER_avx2
    case .avxvnni: EW_TIER_avxvnni
    case .avx512vnni: EW_TIER_avx512vnni
    case .neondotprod: EW_TIER_neondotprod
    case .neoni8mm: EW_TIER_neoni8mm
    }
  }
}
