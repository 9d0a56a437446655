package import Advisor
package import JSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `hardware/assess`: what a machine is and can do.
package enum HardwareAssess: Method {
  package static let name = "hardware/assess"
  package static let summary = "Tells what this machine, or another, is and can do; measures this one when asked to."
  package static let discussion = """
    Without `measure` it only reads files and asks the processor, which takes milliseconds; what is absent is listed \
    under `notFound` with the places that were looked at. Memory that a model may use is the least that any limit \
    leaves (control groups, ulimit, the kernel's own estimate), with file cache in a group counted as free. \
    With `measure` it reads memory and runs our own decode and prefill kernels in each format for `timeBudgetSeconds`, and \
    keeps the profile in the user's cache folder. Next time the kept profile is answered after a short look at the memory's \
    bandwidth, unless the machine has changed or `refresh` is given; formats or threads of the caller's are always measured. \
    Any value can be given by the caller: `machine` may be an object whose `base` is here or a platform's name. \
    The reply with a measurement, or else its `machine` object, can be saved and given as `machine` to any method, here or \
    elsewhere.
    """
  package static let scheduling = Scheduling.exclusive
  package static let card = MethodCard(title: "Assess the Hardware", readOnly: true)

  package struct Params: Decodable, Sendable {
    package var machine: MachineReference?
    package var measure: Bool?
    package var formats: [String]?
    package var threads: Int?
    package var timeBudgetSeconds: Double?
    package var refresh: Bool?
    package var storagePath: String?
    package var toolchainVersions: Bool?
  }

  package static let params = Schema.object(
    "The machine, and whether to measure it.",
    [
      Schema.machine,
      .optional("measure", .boolean, "Whether to measure; false when absent. Only this machine can be measured."),
      .optional(
        "formats", .array(.string(length: 1...40), count: 1...64),
        "The numeric formats to measure; all that our kernels know when absent."),
      .optional("threads", .integer(1...1024), "The threads to measure with; all cores that may be used when absent."),
      .optional("timeBudgetSeconds", .number(0.1...600), "About how long to measure; 9 when absent."),
      .optional(
        "refresh", .boolean,
        "With measure, whether to measure anew although a profile of this machine is kept; false when absent."),
      .optional(
        "storagePath", .string(length: 1...4096),
        "A folder on the file system that would hold models; the home folder when absent."),
      .optional(
        "toolchainVersions", .boolean,
        "Whether to run programs such as ollama for a version that no file tells; false when absent."),
      Schema.progressToken,
    ])

  package static let reply = Schema.record(
    "What the machine is and can do.",
    [
      .required("machine", .machineDescription, "The machine."),
      .optional("measurement", .machineMeasurement, "What was measured; present when it was asked for."),
      .optional("profile", .profileRecord, "Where the measurement comes from; present with it."),
      .optional("profileVersion", .integer(1...), "With the measurement, what makes the reply a profile."),
      .optional("fingerprint", .profileFingerprint, "What the measurement holds for."),
      .optional("measuredAtUnixSeconds", .integer(0...), "When it was measured."),
      .optional("engines", .array(.engineCalibration), "The engines that were calibrated on the machine."),
      .optional("platform", .platformListing, "The record of the catalogue that the machine comes from."),
    ] + Schema.closingMembers)

  package static let examples = [
    Example("This machine", [:], shows: ["/machine/origin": "thisMachine"]),
    Example(
      "A Raspberry Pi 5 with 8 GiB", ["machine": ["base": "rpi5", "memoryBytes": 8_589_934_592]],
      shows: [
        "/machine/memory/totalBytes": 8_589_934_592, "/machine/cpu/instructionSets": ["dotprod", "fp16", "neon"],
        "/machine/memoryBandwidthBytesPerSecond/evidence": "computed", "/machine/givenByCaller/0": "memory.totalBytes",
      ], isReproducible: true),
    Example(
      "An Apple M4 Pro, of whose memory the GPU may use a share", ["machine": "apple-m4-pro"],
      shows: [
        "/machine/accelerators/0/vendor": "Apple", "/machine/memory/decidedBy": "acceleratorWorkingSet",
        "/machine/memory/usableBytes": 51_539_607_552,
      ], isReproducible: true),
    Example(
      "A machine in the caller's words",
      ["machine": ["architecture": "x86_64", "instructionSets": ["avx2", "fma"], "memoryBytes": 17_179_869_184]],
      shows: ["/machine/origin": "profile", "/machine/memory/usableBytes": 17_179_869_184], isReproducible: true),
    Example("A misspelled platform", ["machine": "raspbery-pi-5"], failure: .machineUnknown),
    Example("Measuring a machine that is elsewhere", ["machine": "rpi5", "measure": true], failure: .invalidParams),
    Example("A format without a kernel", ["measure": true, "formats": ["Q9_Z"]], failure: .invalidParams),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> MachineReport {
    var question = MachineAssessment(machine: params.machine)
    question.isMeasured = params.measure ?? false
    question.formats = params.formats
    question.threads = params.threads
    question.timeBudgetSeconds = params.timeBudgetSeconds ?? MachineAssessment.defaultTimeBudgetSeconds
    question.isRefreshed = params.refresh ?? false
    question.storagePath = params.storagePath
    question.runsVersionCommands = params.toolchainVersions ?? false
    question.startedAtUnixSeconds = Int(time(nil))
    guard question.isMeasured else { return try call.advisor.assess(question) }
    // A refusal should not wait for its turn behind another measurement.
    try call.advisor.checkMeasurable(question)
    let asked = question
    let advisor = call.advisor
    return try await call.measure { cancellation, progress in
      try advisor.assess(asked, cancellation: cancellation, progress: progress)
    }
  }
}
