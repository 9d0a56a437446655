import ArgumentParser
import JSON

/// A name and its value as `name=value`; the value is JSON, or else text.
struct Assignment: ExpressibleByArgument, Sendable, Hashable {
  let name: String
  let value: JSON

  init?(argument: String) {
    guard let sign = argument.firstIndex(of: "="), sign > argument.startIndex else { return nil }
    name = String(argument[..<sign])
    let text = String(argument[argument.index(after: sign)...])
    value = (try? JSON.parse(text)) ?? .string(text)
  }

  /// The object that has all of them; of two with one name the last counts.
  static func object(_ assignments: [Assignment]) -> JSON {
    var params = Parameters()
    for assignment in assignments { params.set(assignment.name, assignment.value) }
    return params.json
  }
}
