import OrderedCollections

extension JSON {
  /// Encodes `value`; nil members are omitted, and a number that is not finite or beyond 64 bits is an error.
  package init(encoding value: some Encodable) throws(EncodeError) {
    do {
      self = try TreeEncoder.json(value, path: nil)
    } catch let error as EncodeError {
      throw error
    } catch let EncodingError.invalidValue(_, context) {
      throw EncodeError(
        pointer: Pointer(context.codingPath.map(AnyKey.step)), message: context.debugDescription)
    } catch {
      throw EncodeError(pointer: Pointer(), message: "\(error)")
    }
  }
}

/// Collects what one value encodes; the containers it hands out write here.
final class TreeEncoder: Encoder {
  enum Shape {
    case none, single, array, object
  }

  let path: PathNode?
  var shape = Shape.none
  var single = JSON.null
  var array: [JSON] = []
  var object = JSON.Object()
  /// Members whose container was handed out before it was filled.
  var pending: [(place: JSON.Pointer.Step, encoder: TreeEncoder)] = []

  init(path: PathNode?) { self.path = path }

  var codingPath: [any CodingKey] { PathNode.codingPath(path) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    shape = .object
    if object.isEmpty { object.reserveCapacity(8) }
    return KeyedEncodingContainer(KeyedWriter<Key>(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    shape = .array
    return UnkeyedWriter(encoder: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { SingleWriter(encoder: self) }

  /// What was encoded; a value that encoded nothing is an empty object.
  func finish() -> JSON {
    for (place, encoder) in pending {
      switch place {
      case .key(let key): object[key] = encoder.finish()
      case .index(let index): array[index] = encoder.finish()
      }
    }
    switch shape {
    case .single: return single
    case .array: return .array(array)
    case .object, .none: return .object(object)
    }
  }

  /// Encodes any value; the common ones without an encoder of their own.
  static func json<T: Encodable>(_ value: T, path: @autoclosure () -> PathNode?) throws -> JSON {
    if T.self == JSON.self, let value = value as? JSON { return value }
    if T.self == [JSON].self, let value = value as? [JSON] { return .array(value) }
    if T.self == String.self, let value = value as? String { return .string(value) }
    if T.self == [String].self, let value = value as? [String] { return .array(value.map(JSON.string)) }
    if T.self == [Int].self, let value = value as? [Int] { return .array(value.map { .integer(Int64($0)) }) }
    let path = path()
    if T.self == [Double].self, let value = value as? [Double] {
      var numbers: [JSON] = []
      numbers.reserveCapacity(value.count)
      for (index, number) in value.enumerated() {
        numbers.append(try json(number, at: PathNode(path, .index(index))))
      }
      return .array(numbers)
    }
    if let members = value as? any OrderedMembers { return try members.object(path) }
    let encoder = TreeEncoder(path: path)
    try value.encode(to: encoder)
    return encoder.finish()
  }

  static func json(_ value: Double, at path: @autoclosure () -> PathNode?) throws(JSON.EncodeError) -> JSON {
    if value.isFinite { return .number(value) }
    throw JSON.EncodeError(
      pointer: PathNode.pointer(path()), message: "\(value) cannot be written as JSON: numbers must be finite")
  }

  static func json(_ value: Float, at path: @autoclosure () -> PathNode?) throws(JSON.EncodeError) -> JSON {
    // The shortest digits of the float, not those of its value as a double.
    try json(Double(value.description) ?? Double(value), at: path())
  }

  static func json(_ value: some FixedWidthInteger, at path: @autoclosure () -> PathNode?) throws(JSON.EncodeError)
    -> JSON
  {
    if let value = Int64(exactly: value) { return .integer(value) }
    throw JSON.EncodeError(pointer: PathNode.pointer(path()), message: "the integer \(value) does not fit 64 bits")
  }
}

/// Dictionaries with text keys, which become objects with a stable order.
private protocol OrderedMembers {
  func object(_ path: PathNode?) throws -> JSON
}

extension Dictionary: OrderedMembers where Key == String, Value: Encodable {
  /// Sorted by key, because a dictionary has no order of its own.
  fileprivate func object(_ path: PathNode?) throws -> JSON {
    var object = JSON.Object(minimumCapacity: count)
    for (key, value) in sorted(by: { $0.key < $1.key }) {
      object[key] = try TreeEncoder.json(value, path: PathNode(path, .key(key)))
    }
    return .object(object)
  }
}

extension OrderedDictionary: OrderedMembers where Key == String, Value: Encodable {
  fileprivate func object(_ path: PathNode?) throws -> JSON {
    var object = JSON.Object(minimumCapacity: count)
    for (key, value) in self {
      object[key] = try TreeEncoder.json(value, path: PathNode(path, .key(key)))
    }
    return .object(object)
  }
}
