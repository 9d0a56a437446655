/// Reads the elements of an array, one after the other.
struct UnkeyedReader: UnkeyedDecodingContainer {
  let array: [JSON]
  let path: PathNode?
  private(set) var currentIndex = 0

  init(array: [JSON], path: PathNode?) {
    self.array = array
    self.path = path
  }

  var codingPath: [any CodingKey] { PathNode.codingPath(path) }
  var count: Int? { array.count }
  var isAtEnd: Bool { currentIndex >= array.count }

  private var here: PathNode { PathNode(path, .index(currentIndex)) }

  private mutating func next<T>(_ expected: String, _ convert: (JSON) throws -> T?) throws -> T {
    guard !isAtEnd else {
      throw JSON.DecodeError(
        pointer: PathNode.pointer(here), message: "expected \(expected), found the end of the array")
    }
    let value = array[currentIndex]
    guard let converted = try convert(value) else { throw TreeDecoder.mismatch(expected, value, here) }
    currentIndex += 1
    return converted
  }

  mutating func decodeNil() throws -> Bool {
    guard !isAtEnd, array[currentIndex] == .null else { return false }
    currentIndex += 1
    return true
  }
  mutating func decode(_ type: Bool.Type) throws -> Bool { try next("a boolean", \.bool) }
  mutating func decode(_ type: String.Type) throws -> String { try next("a string", \.string) }
  mutating func decode(_ type: Double.Type) throws -> Double { try next("a number", \.double) }
  mutating func decode(_ type: Float.Type) throws -> Float { try next("a number") { $0.double.map { Float($0) } } }
  mutating func decode(_ type: Int.Type) throws -> Int {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: Int8.Type) throws -> Int8 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: Int16.Type) throws -> Int16 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: Int32.Type) throws -> Int32 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: Int64.Type) throws -> Int64 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: UInt.Type) throws -> UInt {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: UInt8.Type) throws -> UInt8 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: UInt16.Type) throws -> UInt16 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: UInt32.Type) throws -> UInt32 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode(_ type: UInt64.Type) throws -> UInt64 {
    try next(TreeDecoder.range(type)) { $0.exactly(type) }
  }
  mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
    let path = here
    return try next("a value") { try TreeDecoder.decode(type, $0, path: path) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    try nested().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try nested().unkeyedContainer() }
  mutating func superDecoder() throws -> any Decoder { try nested() }

  private mutating func nested() throws -> TreeDecoder {
    let path = here
    return try next("a value") { TreeDecoder(value: $0, path: path) }
  }
}
