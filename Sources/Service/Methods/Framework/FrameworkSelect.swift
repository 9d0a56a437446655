package import Advisor
package import JSON

/// `framework/select`: which framework to use on a machine.
package enum FrameworkSelect: Method {
  package static let name = "framework/select"
  package static let summary = "Ranks the frameworks for a machine and a model, with the reasons for and against each."
  package static let discussion = """
    Adds up the platform matrix, the decision tree, the weighted requirements, the workflow and the use case; the path \
    through the tree is part of the reply. Where commonly given advice is out of date the current facts win, and \
    `corrections` says so. An accelerator that no framework knows is reported and left aside. Each reason's code can be \
    looked up with rule/explain. Commands have the flags of the version that the reply names; OWNER/MODEL stands for a \
    repository where no model was named.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "Select a Framework", readOnly: true)

  package typealias Params = FrameworkRequest

  package static let params = Schema.object(
    "The machine, the model and what is wanted of them; everything may be left out.",
    [
      Schema.machine,
      .optional("model", .string(length: 1...4096), "The path of a GGUF file, or a name that model/list shows."),
      .optional("modelKind", .string(FrameworkRequest.modelKinds), "The kind of model, when none is named."),
      .optional(
        "modalities", .array(.string(FrameworkRequest.modalities), count: 1...4),
        "What the model takes in, when none is named."),
      .optional("requirements", requirements, "How much each requirement of the application counts."),
      .optional("workflow", .string(FrameworkRequest.workflows), "The way of working."),
      .optional("useCase", .string(FrameworkRequest.useCases), "The primary use case."),
      .optional("contextTokens", .integer(1...(1 << 30)), "The context that is wanted."),
      .optional("concurrentRequests", .integer(1...100_000), "Requests that are served at the same time."),
      .optional("limit", .integer(1...100), "How many candidates to spell out; 3 when absent."),
    ])

  static let requirements = Schema.object(
    "Weights: 0 does not count, the others count in proportion.",
    [
      .optional("crossPlatform", weight, "The same file on several systems and kinds of hardware."),
      .optional("enterpriseIntegration", weight, "Managed pipelines, support, audits."),
      .optional("mobileDeployment", weight, "Inside an app on a phone or tablet."),
      .optional("realTimeInference", weight, "Low and steady latency."),
      .optional("modelVariety", weight, "Many kinds of model."),
      .optional("easeOfUse", weight, "Few steps, little knowledge."),
      .optional("offline", weight, "Without any network."),
    ])

  private static let weight = Schema.number(0...1000)

  package static let reply = Schema.record(
    "The frameworks, the best first, and how the choice was made.",
    [
      .optional("platform", platform, "The row of the platform matrix; absent when too little is known."),
      .required("candidates", .array(candidate), "The best first."),
      .required("ruledOut", .array(ruledOut), "What cannot be used here, and why."),
      .required("path", .array(step), "The way through the decision tree, from its root."),
      .required("corrections", .array(.correction), "What is commonly advised here and no longer holds."),
    ] + Schema.closingMembers)

  private static let platform = Schema.record(
    "A row of the platform matrix.",
    [
      .required("row", .string, "The id of the row."),
      .required("name", .string, "The kind of hardware."),
      .required("commonly", .array(.string(FrameworkRequest.frameworks)), "The order that is commonly given."),
      .required("current", .array(.string(FrameworkRequest.frameworks)), "The order by the current facts."),
      .required("because", .string, "Why."),
      .required("source", .string, "The citation."),
    ])

  static let candidate = Schema.record(
    "A framework that could be used.",
    [
      .required("framework", .string(FrameworkRequest.frameworks), "The id."),
      .required("name", .string, "The name."),
      .required("version", .string, "The version that the facts hold for."),
      .required("score", .number, "The sum of the weights of the reasons."),
      .required("runsOn", .string, "CPU, or a back end and the device."),
      .required("reasons", .array(.reason), "For with positive weights, against with negative ones."),
      .required("commands", .array(command), "In the order in which to run them."),
      .required("cautions", .array(.string), "What to know before choosing it."),
    ])

  private static let command = Schema.record(
    "A command line.",
    [
      .required("purpose", .string(FrameworkRequest.purposes), "What it does."),
      .required("line", .string, "The command, ready to paste."),
    ])

  static let ruledOut = Schema.record(
    "A framework that cannot be used here.",
    [
      .required("framework", .string(FrameworkRequest.frameworks), "The id."),
      .required("code", .string, "The code of the rule."),
      .required("rule", .string, "The name of the rule."),
      .required("because", .string, "Why."),
    ])

  static let step = Schema.record(
    "A node of the decision tree.",
    [
      .required("node", .string, "The id of the node."),
      .required("question", .string, "What was asked."),
      .required("answer", .string, "What was found."),
      .required("consequence", .string, "Where it leads."),
    ])

  package static let examples = [
    Example(
      "An Apple laptop", ["machine": "apple-m4-pro", "model": "qwen3-8b"],
      shows: ["/candidates/0/framework": "mlx", "/platform/row": "apple-mac"], isReproducible: true),
    Example(
      "A Raspberry Pi for prototyping", ["machine": "rpi5", "model": "llama-3.2-1b", "workflow": "prototyping"],
      shows: ["/candidates/0/framework": "llama.cpp", "/platform/row": "arm-board"]),
    Example(
      "An NVIDIA GPU for many users, with out-of-date advice corrected",
      [
        "machine": [
          "operatingSystem": "linux", "architecture": "x86_64", "cpuVendor": "AMD", "memoryBytes": 68_719_476_736,
          "accelerators": [["kind": "gpu", "vendor": "NVIDIA", "name": "RTX 4090", "memoryBytes": 25_769_803_776]],
        ], "concurrentRequests": 32, "useCase": "serving",
      ], shows: ["/candidates/0/framework": "vllm", "/corrections/0/id": "nvidia-openvino"]),
    Example(
      "A vision network on an Edge TPU",
      [
        "machine": [
          "operatingSystem": "linux", "architecture": "arm64",
          "accelerators": [["kind": "tpu", "vendor": "Google", "name": "Coral Edge TPU"]],
        ], "modelKind": "visionNetwork", "modalities": ["image"],
      ], shows: ["/candidates/0/framework": "litert-lm", "/platform/row": "edge-tpu"]),
    Example(
      "An accelerator that no framework knows",
      [
        "machine": [
          "operatingSystem": "linux", "architecture": "x86_64", "cpuVendor": "Intel",
          "accelerators": [["kind": "unknown", "vendor": "Example", "name": "Optical processor"]],
        ]
      ], shows: ["/path/0/node": "unknown-accelerator", "/candidates/0/runsOn": "CPU"]),
    Example("A machine that does not exist", ["machine": "rpi55"], failure: .machineUnknown),
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> FrameworkAnswer {
    // A description and a platform are in memory; this machine and a model's file are not.
    let isInMemory =
      switch params.machine {
      case .described(nil, _), .platform, .profile, .measured: params.model == nil
      case .described, .here, nil: false
      }
    if !isInMemory { await call.leaveReader() }
    return try call.advisor.selectFramework(params)
  }
}
