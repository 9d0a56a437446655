package import Advisor
package import JSON

/// `hardware/list`: the names that can be given as `machine`.
package enum HardwareList: Method {
  package static let name = "hardware/list"
  package static let summary =
    "Lists the platforms of the catalogue, whose names can be given wherever a machine is asked for."
  package static let discussion = """
    The catalogue holds what is published about well-known devices, each with its source; nothing of it was measured. \
    A device that is not there can be described by an object, or by the machine object that hardware/assess gave on it.
    """
  package static let scheduling = Scheduling.brief
  package static let card = MethodCard(title: "List Platforms", readOnly: true)

  package struct Params: Decodable, Sendable {
    package var containing: String?
  }

  package struct Reply: Encodable, Sendable {
    package var platforms: [PlatformListing]
  }

  package static let params = Schema.object(
    "What to look for.",
    [
      .optional(
        "containing", .string(length: 1...200), "Only platforms whose name, title or class contains this text.")
    ])

  package static let reply = Schema.record(
    "The platforms, by name.", [.required("platforms", .array(.platformListing), "The platforms that match.")])

  package static let examples = [
    Example(
      "The boards of NVIDIA", ["containing": "orin-n"],
      shows: ["/platforms/0/name": "jetson-orin-nano-super", "/platforms/1/name": "jetson-orin-nx-16"],
      isReproducible: true)
  ]

  package static func run(_ params: Params, _ call: Call) async throws -> Reply {
    Reply(platforms: call.advisor.listPlatforms(containing: params.containing))
  }
}
