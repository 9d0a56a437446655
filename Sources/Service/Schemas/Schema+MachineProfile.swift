import Hardware
package import JSON

extension Schema {
  /// A machine with what was measured on it, as `hardware/assess` replies and saves it.
  package static let machineProfile: Schema = .named(
    "MachineProfile",
    .record(
      "A machine with what was measured on it.",
      [
        .required("profileVersion", .integer(1...), "The version of the fields."),
        .required("machine", .machineDescription, "The machine."),
        .required("measurement", .machineMeasurement, "What was measured."),
        .required("fingerprint", .profileFingerprint, "What the measurement holds for."),
        .optional("condition", machineCondition, "What sped it up or slowed it down then."),
        .required("measuredAtUnixSeconds", .integer(0...), "When it was measured."),
        .required("engines", .array(engineCalibration), "The engines that were calibrated there."),
      ]))

  private static let machineCondition = Schema.record(
    "What makes a machine faster or slower from one day to the next.",
    [
      .optional("allowedHertz", .integer(1...), "The mean of the frequencies that processors may reach."),
      .optional("isBoostAllowed", .boolean, "Whether they may go beyond their base frequency."),
      .optional("powerSource", .cases(PowerDescription.Source.self), "What fed it."),
      .optional("othersBusyCores", .number(0...), "How many processors others than Edgewise kept busy."),
      .optional("throttleSign", .string, "What spoke against full speed."),
    ])

  /// What a measurement holds for.
  package static let profileFingerprint: Schema = .named(
    "ProfileFingerprint",
    .record(
      "What a measurement holds for: when any of it changes, the machine is measured anew.",
      [
        .required("edgewiseVersion", .string, "The version of Edgewise."),
        .optional("cpuModel", .string, "The processor."),
        .required("architecture", .string, "The architecture."),
        .optional("physicalCores", .integer(1...), "Physical cores."),
        .optional("logicalCores", .integer(1...), "Logical cores."),
        .optional("affinityCores", .integer(1...), "The cores that the process may use."),
        .optional("quotaCores", .number(0...), "The processor time that a control group grants, in cores."),
        .optional("memoryBytes", .integer(0...), "All memory."),
        .optional("memoryLimitBytes", .integer(0...), "The smallest limit on it."),
        .optional("kernel", .string, "The system's kernel."),
        .required("kernelTier", .string, "The instruction-set tier of our kernels."),
        .optional("frequencyGovernor", .string, "What decides the processor's frequency."),
      ]))

  /// How an engine's build compares with ours, as `EngineCalibration` encodes it.
  package static let engineCalibration: Schema = .named(
    "EngineCalibration",
    .record(
      "How one build of an engine compares with our own on the machine where both ran.",
      [
        .required("engine", .string, "The engine's id."),
        .required("build", .string, "The build, as it names itself."),
        .required("program", .string, "The program or module that ran."),
        .required("calibratedAtUnixSeconds", .integer(0...), "When."),
        .required("factors", .array(engineFactor), "What was found, by format and number of threads."),
        .required("layers", .array(layerCost), "What a layer costs beside products, by number of threads."),
      ]))

  private static let engineFactor = Schema.record(
    "Rates of products with weights of one format over ours.",
    [
      .required("fileType", .string, "The file type that ran, or the engine's own format as framework/name."),
      .required("threads", .integer(1...), "The threads."),
      .required("decodeFactor", .number(0...), "With one token."),
      .required("prefillFactor", .number(0...), "With a prompt."),
      .required(
        "promptTokens", .integer(1...),
        "The prompt's length; shorter than usual for an engine that takes seconds for a token."),
      .required("spreadFraction", .number(0...), "Half the 80 % range of repetitions over their median."),
    ])

  private static let layerCost = Schema.record(
    "The time of a layer so narrow that only its operations' starts count.",
    [
      .required("threads", .integer(1...), "The threads."),
      .required("layerSeconds", .number(0...), "For one token."),
      .required("prefillLayerSeconds", .number(0...), "For a prompt's batch."),
    ])
}
