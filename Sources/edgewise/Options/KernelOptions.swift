import ArgumentParser
import JSON

/// What `edgewise bench --kernels` measures.
struct KernelOptions: ParsableArguments {
  @Flag(help: "Measure each kernel against what the machine can do at most, instead of a model.")
  var kernels = false

  @Option(help: ArgumentHelp("With --kernels: tiers such as avx2,scalar, or all.", valueName: "names"))
  var tier: NameList?

  @Option(help: ArgumentHelp("With --kernels: families such as product,attention.", valueName: "names"))
  var family: NameList?

  @Option(help: ArgumentHelp("With --kernels: tokens of a product, such as 1,32.", valueName: "counts"))
  var tokens: TokenList?

  @Option(
    help: ArgumentHelp("With --kernels: a matrix such as 2048x8192 or 64x2048@cache; repeatable.", valueName: "shape"))
  var shape: [MatrixShape] = []

  @Option(help: ArgumentHelp("With --kernels: the time of each measurement, such as 150ms.", valueName: "time"))
  var each: Seconds?

  /// The options that were given and mean something with --kernels alone.
  var given: [String] {
    var names: [String] = []
    if tier != nil { names.append("--tier") }
    if family != nil { names.append("--family") }
    if tokens != nil { names.append("--tokens") }
    if !shape.isEmpty { names.append("--shape") }
    if each != nil { names.append("--each") }
    return names
  }

  /// The parameters of `benchmark/kernels`.
  func parameters(formats: String?, threads: Int?) throws -> JSON {
    var params = Parameters()
    if let formats {
      guard let list = NameList(argument: formats) else {
        throw ValidationError("--quantization '\(formats)' has an empty name; expected names such as Q4_0,Q8_0")
      }
      params.set("formats", list.names)
    }
    params.set("tiers", tier?.names ?? [])
    params.set("families", family?.names ?? [])
    params.set("tokens", (tokens?.ids).map { .array($0.map { .integer(Int64($0)) }) })
    if !shape.isEmpty { params.set("shapes", .array(shape.map(\.json))) }
    params.set("secondsPerMeasurement", each?.value)
    params.set("threads", threads)
    return params.json
  }
}
