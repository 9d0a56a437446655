import Benchmarking
import Evidence
import Hardware
import Kernels
import TensorFormats

@testable import Advisor

/// Profiles with round numbers.
enum MadeUpMachine {
  /// One thread decodes `decode` bytes a second and multiplies `operations`, two twice as much; memory gives `bandwidth`.
  static func profile(decode: Double = 1e9, operations: Double = 1e11, bandwidth: Double = 2e9) throws -> MachineProfile
  {
    let machine = MachineDescription(
      name: "made up", origin: .profile,
      cpu: ProcessorDescription(architecture: "x86_64", instructionSetsSource: "made up", physicalCores: 2),
      memory: MemoryDescription(totalBytes: 8 << 30, availableBytes: 6 << 30))
    func quantity(_ value: Double) -> Quantity { Quantity(value, evidence: .measured, samples: 3, source: "made up") }
    func rates(_ threads: Int) -> FormatRate.ThreadRates {
      FormatRate.ThreadRates(
        threads: threads, decodeBytesPerSecond: Double(threads) * decode,
        decodeCacheBytesPerSecond: Double(threads) * decode,
        prefill: [1, 512].map {
          FormatRate.BatchRate(batchTokens: $0, operationsPerSecond: Double(threads) * operations)
        }, spreadFraction: 0.02)
    }
    let tier = try KernelSet.select().tier
    let measurement = MachineMeasurement(
      kernelTier: tier.rawValue, threads: 2,
      readBandwidth: [1, 2].map {
        .init(threads: $0, bandwidthBytesPerSecond: quantity(Double($0) * bandwidth / 2), spreadFraction: 0.01)
      }, bandwidthKneeThreads: 2, bandwidthByWorkingSet: [], memoryLevels: [],
      int8OperationsPerSecond: quantity(4 * operations), float32OperationsPerSecond: quantity(operations),
      formats: KernelSet.formats.map { format in
        FormatRate(
          format: format.name, isNativeKernel: true, decodeBytesPerSecond: quantity(2 * decode),
          decodeCacheBytesPerSecond: quantity(2 * decode), decodeWeightsPerSecond: quantity(2 * decode),
          decodeBandwidthFraction: 1, prefillOperationsPerSecond: quantity(2 * operations),
          prefillComputeFraction: 0.5, byThreads: [rates(1), rates(2)])
      },
      engine: [1, 2].map {
        EngineCosts(
          threads: $0, layerSeconds: 1e-5, valueSeconds: 1e-10, cachedValueSeconds: 1e-10, queryValueSeconds: 1e-10,
          attentionOperationsPerSecond: operations, prefillValueSeconds: 1e-10)
      }, workingSetBytes: 1 << 28, elapsedSeconds: 1,
      environment: .init(
        machine: machine, kernelTier: tier.rawValue, threads: 2, startedAtUnixSeconds: 0, before: .init(),
        after: .init()))
    return MachineProfile(
      machine: machine, measurement: measurement, fingerprint: ProfileFingerprint(machine, tier: tier),
      measuredAtUnixSeconds: 1_700_000_000)
  }

  static func basis(_ profile: MachineProfile) -> SpeedBasis { SpeedBasis(profile, ProfileRecord(.given)) }
}
