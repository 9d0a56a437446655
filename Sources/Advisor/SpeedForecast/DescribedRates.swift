import Evidence
import Hardware
import Kernels
import Knowledge
import TensorFormats

/// The rates of a machine that nobody measured, from what is published and general shares of it.
///
/// Everything here is for a first guess with a wide interval; the shares name their sources.
struct DescribedRates {
  /// nil when the bandwidth of the memory is not known.
  let rates: EngineRates?
  let evidence: Evidence
  let assumptions: [Assumption]
  /// Whether they are those of an accelerator rather than the processor.
  let isOfAccelerator: Bool
  /// Whether they are a processor's whose share of a memory that a GPU is fed from is not known.
  let sharesMemory: Bool

  /// The share of a bus's peak that decoding reaches: 77 % in bf16 on an M4 Max (MLX-LM BENCHMARKS), 74 % of 68 GB/s on an M1 and
  /// 54 % of 546 GB/s on an M4 Max for 7B Q4_0 (llama.cpp discussion 4167).
  private static let bandwidthFraction = 0.7
  /// The share of a bus that was made wide for the GPU beside the processor: an M1's cores read 58 of its 68 GB/s and an M1 Max's
  /// 243 of its 409 (AnandTech 16252 and 17024), of which decoding reaches some more than two thirds.
  private static let sharedBandwidthFraction = 0.5
  /// Classes of device with such a bus.
  private static let wideClasses: Set = [
    "apple-silicon", "desktop-soc", "jetson", "phone", "windows-arm", "x86-unified",
  ]
  /// Operations of prefill for each byte a second of a GPU that shares main memory: 23 on M1 and on M4 Max (the same discussion).
  private static let unifiedOperationsPerByte = 23.0
  /// Of a GPU with memory of its own: about 10 000 tokens a second of an 8B model at 1 TB/s.
  private static let discreteOperationsPerByte = 150.0

  /// int8 operations a cycle and core that products reach, by the best instruction set, and those of f32; half of what the widest
  /// multiply-add could do with two a cycle.
  private static let operationsPerCycle: [(set: InstructionSet, int8: Double, float32: Double)] = [
    (.avx512VNNI, 85, 32), (.avx512, 50, 32), (.avx512f, 50, 32), (.avxVNNI, 45, 16), (.avx2, 28, 16), (.i8mm, 40, 8),
    (.dotprod, 24, 8),
    (.neon, 8, 8),
  ]

  /// The rates of `device`: of the GPU where there is one when nil.
  init(_ known: KnownMachine, device: QuantizationDevice? = nil) {
    let machine = known.machine
    let gpu = Self.accelerator(machine, device)
    var assumptions: [Assumption] = []
    isOfAccelerator = gpu != nil
    sharesMemory =
      gpu == nil && Self.wideClasses.contains(machine.deviceClass ?? "")
      && machine.accelerators.contains { $0.kind == .gpu && $0.unifiedMemory != false }
    if device == .gpu || device == .npu, gpu == nil {
      rates = nil
      evidence = .assumed
      self.assumptions = []
      return
    }
    let device = gpu?.unifiedMemory == false ? gpu?.memoryBandwidthBytesPerSecond : nil
    guard let bandwidth = device ?? machine.memoryBandwidthBytesPerSecond, bandwidth.value > 0, bandwidth.value < 1e15
    else {
      rates = nil
      evidence = .assumed
      self.assumptions = []
      return
    }
    let share =
      bandwidth.evidence == .measured
      ? 1
      : sharesMemory
        ? Self.sharedBandwidthFraction : known.platform?.decodeEfficiencyFraction ?? Self.bandwidthFraction
    let reached = bandwidth.value * share
    let cores = max(1, min(machine.cpu.usableCores ?? 4, 1024))
    let best = Self.operationsPerCycle.first { machine.cpu.supports($0.set) }
    let hertz = Self.hertz(machine)
    var int8 = Double(cores) * hertz * (best?.int8 ?? 4)
    var float32 = Double(cores) * hertz * (best?.float32 ?? 4)
    if gpu != nil {
      int8 = reached * (device == nil ? Self.unifiedOperationsPerByte : Self.discreteOperationsPerByte)
      float32 = int8
      assumptions.append(
        Assumption(
          what: "The model runs on \(gpu?.name ?? "the GPU"), as fast in prefill as its memory suggests.",
          effect: "On the processor alone prefill takes many times as long."))
    } else {
      let name = best.map { $0.set.rawValue } ?? "no known instruction set"
      assumptions.append(
        Assumption(
          what: "\(cores) cores at \(Int(hertz / 1e8) / 10).\(Int(hertz / 1e8) % 10) GHz, with \(name).",
          effect: "Time to first token is as uncertain as they are: it may be off by three times."))
    }
    assumptions.append(
      Assumption(
        what: "Decoding reaches \(Int((share * 100).rounded())) % of the memory's \(Int(bandwidth.value / 1e9)) GB/s.",
        effect: "Rates are in proportion; --save FILE of 'edgewise assess' there, and --machine FILE here, are better.")
    )
    evidence =
      switch bandwidth.evidence {
      case .published where sharesMemory: .assumed
      case .measured: .calibrated
      case .published: .published
      default: .assumed
      }
    self.assumptions = assumptions
    rates = EngineRates(
      formats: KernelSet.formats.map { format in
        let operations = format.valuesPerBlock == 1 ? float32 : int8
        // One token's product computes each weight once: seldom slower than a quarter of what many tokens reach.
        let computed = operations / 4 / 2 * format.bitsPerValue / 8
        func threads(_ count: Int, _ part: Double) -> FormatRate.ThreadRates {
          let decode = min(reached, computed * part)
          return FormatRate.ThreadRates(
            threads: count, decodeBytesPerSecond: decode, decodeCacheBytesPerSecond: decode,
            prefill: [
              FormatRate.BatchRate(batchTokens: 1, operationsPerSecond: 16 * decode / format.bitsPerValue),
              FormatRate.BatchRate(batchTokens: 64, operationsPerSecond: operations * part),
            ], spreadFraction: 0)
        }
        let all = threads(cores, 1)
        return (format.name, cores == 1 || gpu != nil ? [all] : [threads(1, 1 / Double(cores)), all])
      }, bandwidth: reached, operations: float32, threads: cores)
  }

  /// The accelerator that a model runs on; nil for the processor, and for one with memory of its own whose speed is not known.
  private static func accelerator(_ machine: MachineDescription, _ device: QuantizationDevice?)
    -> AcceleratorDescription?
  {
    switch device {
    case .cpu: nil
    case .npu: machine.accelerators.first { $0.kind == .npu }
    case .gpu:
      machine.accelerators.first {
        $0.kind == .gpu && ($0.unifiedMemory == true || $0.memoryBandwidthBytesPerSecond != nil)
      }
    // On small boards frameworks run models on the processor, which is faster there.
    case nil where ["sbc", "sbc+npu", "embedded"].contains(machine.deviceClass): nil
    case nil:
      machine.accelerators.first {
        $0.kind == .gpu && ($0.unifiedMemory != false || $0.memoryBandwidthBytesPerSecond != nil)
      }
    }
  }

  /// The cores' frequency: what is known of them, else what is usual for the class of device.
  private static func hertz(_ machine: MachineDescription) -> Double {
    if let known = machine.cpu.coreKinds.compactMap(\.maximumHertz).max() { return Double(known) }
    return switch machine.deviceClass {
    case "sbc", "sbc+npu", "embedded", "accelerator": 1.8e9
    case "phone", "jetson": 2.5e9
    case "apple-silicon": 4e9
    default: 3e9
    }
  }
}
