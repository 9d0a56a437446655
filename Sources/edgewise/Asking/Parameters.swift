import JSON
import OrderedCollections

/// Collects the parameters of a call; what was not given stays out.
struct Parameters {
  private(set) var object: JSON.Object = [:]

  var json: JSON { .object(object) }

  mutating func set(_ key: String, _ value: JSON?) { if let value { object[key] = value } }
  mutating func set(_ key: String, _ value: String?) { set(key, value.map(JSON.string)) }
  mutating func set(_ key: String, _ value: Int?) { set(key, value.map { JSON.integer(Int64($0)) }) }
  mutating func set(_ key: String, _ value: Double?) { set(key, value.map(JSON.number)) }
  /// Sets the key when the flag was given.
  mutating func set(_ key: String, flag: Bool) { if flag { object[key] = true } }
  /// Sets the key when there is at least one value.
  mutating func set(_ key: String, _ values: [String]) {
    if !values.isEmpty { object[key] = .array(values.map(JSON.string)) }
  }
}
