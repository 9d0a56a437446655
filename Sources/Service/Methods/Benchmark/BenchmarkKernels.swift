package import Advisor
package import JSON

/// `benchmark/kernels`: how near the kernels are to what the machine can do.
package enum BenchmarkKernels: Method {
  package static let name = "benchmark/kernels"
  package static let summary = "Measures each kernel against what this machine can do at most: the data of a roofline."
  package static let discussion = """
    For each family, format, tier and shape: bytes and operations per second, operations per byte, and the share of the \
    ceiling that binds there, which is the bandwidth of memory or cache, or the rate of int8 or f32 arithmetic in registers, \
    measured in the same sitting. Out of memory, products and attention go through a working set of several times the \
    last-level cache; shapes with the residence cache show the instructions alone. The rows of a slow kernel are \
    halved until a pass fits the time of a measurement. Without parameters it takes about half a minute; cancelling \
    ends it within 100 ms.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Measure the Kernels", readOnly: true)

  package typealias Params = KernelBenchmarkRequest
  package static let params = KernelBenchmarkRequest.schema
  package static let reply = KernelBenchmarkReport.schema
  package static let examples = [
    Example(
      "One format while decoding and with a short prompt",
      [
        "formats": ["Q4_0"], "families": ["product"], "tokens": [1, 8],
        "shapes": [["rows": 64, "columns": 2048, "residence": "cache"]], "secondsPerMeasurement": 0.01,
      ],
      shows: [
        "/rows/0/family": "product", "/rows/0/format": "Q4_0", "/rows/0/shape/rows": 64, "/rows/1/tokens": 8,
        "/rows/0/operationsPerByte/evidence": "computed",
      ]),
    Example(
      "Everything but the products",
      [
        "families": ["activationQuantization", "rmsNorm", "rope", "softmax", "attention", "silu"], "tokens": [1],
        "secondsPerMeasurement": 0.01,
      ], shows: ["/rows/4/family": "attention", "/rows/4/shape/depthTokens": 1024, "/rows/10/family": "silu"]),
    Example("A format without a kernel", ["formats": ["Q9_Z"]], failure: .invalidParams),
    Example("A tier that does not exist", ["tiers": ["sse9"]], failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> KernelBenchmarkReport {
    // A refusal should not wait for its turn behind another measurement.
    let plan = try call.advisor.planKernels(params)
    let advisor = call.advisor
    return try await call.measure { cancellation, progress in
      try advisor.benchmarkKernels(plan, cancellation: cancellation, progress: progress)
    }
  }
}
