package import JSON

/// One question that Edgewise answers: a file of its own and a line in `MethodTable.all`.
///
/// Routing, discovery, the schema files, the command line's help and the tests are derived from what stands here.
package protocol Method: SendableMetatype {
  associatedtype Params: Decodable & Sendable
  associatedtype Reply: Encodable & Sendable

  /// `area/verb`.
  static var name: String { get }
  /// One sentence for lists.
  static var summary: String { get }
  /// What a caller should know beyond the schemas.
  static var discussion: String { get }
  static var scheduling: Scheduling { get }
  static var card: MethodCard { get }
  /// The schema of `Params`: an object that refuses unknown fields.
  static var params: Schema { get }
  /// The schema of `Reply`: an object, open to later fields.
  static var reply: Schema { get }
  static var examples: [Example] { get }

  /// Answers; `params` have been validated. Throws `Failure`, or an error that `Failure.init(describing:)` knows.
  static func run(_ params: Params, _ call: Call) async throws -> Reply
}

/// How a method shares the process with other requests.
package enum Scheduling: String, Sendable {
  /// Runs after every earlier ordered request: it changes what later requests see.
  case ordered
  /// Runs at once, beside others: it only reads.
  case concurrent
  /// As concurrent, and answers from memory in well under a millisecond: it may be run by the thread that reads requests,
  /// so whatever could take longer goes after `Call.leaveReader`.
  case brief
  /// May own the machine through `Call.measure`: one measurement at a time, in order, on a thread of its own.
  case exclusive
}

/// How a method presents itself to agents and people.
package struct MethodCard: Sendable {
  /// A short title in title case.
  package let title: String
  /// Whether the method leaves everything as it was, jobs included.
  package let readOnly: Bool

  package init(title: String, readOnly: Bool) {
    self.title = title
    self.readOnly = readOnly
  }
}

/// A worked example: documentation, a file in `schemas/`, and a test, at once.
package struct Example: Sendable {
  /// What the example shows, as a short phrase.
  package let name: String
  package let params: JSON
  /// JSON pointers into the reply, with the value that must be there.
  package let shows: [String: JSON]
  /// The failure that the call ends in, when the example shows one.
  package let failure: Failure.Name?
  /// Whether the reply is the same on every machine and at every time, so that it can be checked in.
  package let isReproducible: Bool

  package init(
    _ name: String, _ params: JSON, shows: [String: JSON] = [:], failure: Failure.Name? = nil,
    isReproducible: Bool = false
  ) {
    self.name = name
    self.params = params
    self.shows = shows
    self.failure = failure
    self.isReproducible = isReproducible
  }
}
