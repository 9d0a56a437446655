import Benchmarking
import Inference
import Kernels
import TensorFormats

/// How fast the machine is at the moment, compared with the minute of its profile: our own engine on the model that others run.
///
/// Memory and processors that are shared with others are faster in one minute than in the next, so that the run of an engine
/// means little without knowing which minute it was.
struct MachinePace {
  /// Rates of the moment over those of the profile.
  struct Factors: Hashable {
    var decode = 1.0
    var prefill = 1.0
  }

  private struct Lane {
    let session: Session
    let decodeSeconds: Double
    let prefillSeconds: Double
  }

  private let lanes: [Int: Lane]
  private let cancellation: Cancellation
  private let clock = MonotonicClock.system

  /// The prompt, the depth of the tokens after it, and how long those run.
  private static let (prompt, depth, seconds) = (64, 16, 0.2)

  /// Makes the model and one session for each number of threads; `rates` are those of the profile.
  init(_ rates: EngineRates, threads: [Int], cancellation: Cancellation) throws {
    let kernels = try KernelSet.select()
    let shape = ProbeModel.main.shape
    let model = try Model.synthetic(
      name: "probe", shape: shape, recipe: .q8_0, kernels: kernels, memoryLimitBytes: 1 << 30,
      cancellation: cancellation)
    let work = try ProbeModel.main.work(.q8_0)
    var lanes: [Int: Lane] = [:]
    for count in threads {
      let forecast = PassForecast(work, rates, threads: count)
      lanes[count] = Lane(
        session: try Session(model: model, kernels: kernels, team: try ThreadTeam(threads: count), contextTokens: 128),
        decodeSeconds: forecast.decode(depth: Double(Self.depth)).seconds,
        prefillSeconds: forecast.prefill(tokens: Self.prompt, depth: 0, batchTokens: Self.prompt).seconds)
    }
    self.lanes = lanes
    self.cancellation = cancellation
  }

  /// The factors now, by number of threads; takes under half a second for each on a machine with a rate of 300 tokens a second.
  func now() throws -> [Int: Factors] { try lanes.mapValues { try factors($0) } }

  private func factors(_ lane: Lane) throws -> Factors {
    let ids = (0..<Self.prompt).map { $0 % 256 }
    var begin = 0.0
    // The first prompt wakes threads and fills caches.
    for _ in 0..<2 {
      begin = clock.nowSeconds()
      lane.session.rewind(to: 0)
      try lane.session.prefill(ids, cancellation: cancellation)
    }
    let prompted = clock.nowSeconds()
    var tokens = 0
    repeat {
      lane.session.rewind(to: Self.depth)
      try lane.session.decode(1, cancellation: cancellation)
      tokens += 1
    } while clock.nowSeconds() - prompted < Self.seconds
    let token = (clock.nowSeconds() - prompted) / Double(tokens)
    return Factors(
      decode: lane.decodeSeconds / max(token, 1e-9), prefill: lane.prefillSeconds / max(prompted - begin, 1e-9))
  }
}

extension EngineRun {
  /// What the run would have been in the minute of the profile, by the pace before and after it.
  func at(_ before: MachinePace.Factors, _ after: MachinePace.Factors) -> EngineRun {
    let decode = (before.decode * after.decode).squareRoot()
    let prefill = (before.prefill * after.prefill).squareRoot()
    guard decode > 0, prefill > 0, decode.isFinite, prefill.isFinite else { return self }
    return EngineRun(
      threads: threads, promptTokens: promptTokens, decode: self.decode.map { $0 / decode },
      prefill: self.prefill.map { $0 / prefill }, build: build)
  }
}
