package import JSON
import OrderedCollections

/// A method without its types, as the router and everything that is derived from the list sees it.
package struct AnyMethod: Sendable {
  package let name: String
  package let summary: String
  package let discussion: String
  package let scheduling: Scheduling
  package let card: MethodCard
  package let params: Schema
  package let reply: Schema
  package let examples: [Example]
  private let answer: @Sendable (JSON, Call) async throws -> JSON.Text

  package init<M: Method>(_ method: M.Type) {
    name = M.name
    summary = M.summary
    discussion = M.discussion
    scheduling = M.scheduling
    card = M.card
    params = M.params
    reply = M.reply
    examples = M.examples
    answer = { params, call in
      let params = try Self.decode(M.Params.self, from: params)
      return try JSON.Text(encoding: try await M.run(params, call))
    }
  }

  /// Validates `params` against the schema, runs the method and returns its reply.
  package func run(_ params: JSON?, _ call: Call) async throws(Failure) -> JSON.Text {
    let params = params ?? .object([:])
    try validate(params)
    do {
      return try await answer(params, call)
    } catch {
      throw Failure(describing: error)
    }
  }

  /// Throws the failure that names every violation: JSON pointer, what was expected, what was found.
  package func validate(_ value: JSON) throws(Failure) {
    if case .array = value {
      throw Failure(
        .invalidParams, "\(name) takes its parameters by name: expected an object, found an array",
        data: ["violations": [["pointer": "", "expected": "object", "found": "array"]]])
    }
    let violations = params.violations(in: value)
    guard let first = violations.first else { return }
    let more = violations.count > 1 ? " (and \(violations.count - 1) more, see data)" : ""
    throw Failure(
      .invalidParams, "\(name): \(first)\(more)",
      data: ["violations": .array(violations.prefix(20).map(\.json))])
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, from json: JSON) throws(Failure) -> Value {
    do {
      return try json.decode(type)
    } catch {
      throw Failure(.invalidParams, "the parameters do not fit: \(error)")
    }
  }
}

extension Schema.Violation {
  /// The violation as error data.
  fileprivate var json: JSON {
    var object: JSON.Object = [
      "pointer": .string(pointer), "expected": .string(expected), "found": .string(found),
    ]
    if let didYouMean { object["didYouMean"] = .string(didYouMean) }
    return .object(object)
  }
}
