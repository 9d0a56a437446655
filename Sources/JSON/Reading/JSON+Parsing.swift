import CJansson
import OrderedCollections

extension JSON {
  /// Reads one JSON text, exactly as RFC 8259 has it, and refuses what could not be kept exactly.
  ///
  /// Refused beyond the grammar: duplicate keys, keys that are equal once Unicode is normalized, integers beyond 64 bits,
  /// numbers too large or too small for a double, lone surrogates, a null character in a key, and whatever exceeds
  /// `limits`. A fraction becomes the nearest double; `-0` is the integer 0.
  package static func parse(
    _ bytes: UnsafeRawBufferPointer, limits: Limits = Limits()
  ) throws(ParseError) -> JSON {
    guard bytes.count <= limits.bytes else {
      throw ParseError(
        "the text is \(bytes.count) bytes long, more than the limit of \(limits.bytes)", at: limits.bytes, in: bytes)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw ParseError("the text begins with a byte order mark, which JSON does not allow", at: 0, in: bytes)
    }
    // jansson takes a null byte after a number for the end.
    if let offset = bytes.firstIndex(of: 0) { throw ParseError("a null byte", at: offset, in: bytes) }
    // A value needs two bytes at least, so only a text longer than that can have too many.
    if bytes.count / 2 >= limits.values, let offset = SourceText(bytes: bytes).tooMany(values: limits.values) {
      throw ParseError("the text has more than the limit of \(limits.values) values", at: offset, in: bytes)
    }
    var failure = json_error_t()
    let flags = Int(JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL)
    let start = bytes.baseAddress.map { $0.assumingMemoryBound(to: CChar.self) }
    guard let start, let tree = json_loadb(start, bytes.count, flags, &failure) else {
      if bytes.isEmpty { throw ParseError("the text is empty; expected a JSON value", at: 0, in: bytes) }
      throw explain(failure, bytes, limits)
    }
    defer { json_decref(tree) }
    var reader = TreeReader(limit: limits.depth)
    guard let value = reader.value(tree, depth: 0) else {
      throw explain(reader.refusal ?? .depth, bytes, limits)
    }
    if reader.hasZero, let range = SourceText(bytes: bytes).vanishingNumber() {
      let text = SourceText(bytes: bytes).text(range, limit: 40)
      throw ParseError("the number \(text) is too small for a double", at: range.lowerBound, in: bytes)
    }
    return value
  }

  /// Reads one JSON text from an array of bytes.
  package static func parse(_ bytes: [UInt8], limits: Limits = Limits()) throws(ParseError) -> JSON {
    try bytes.withUnsafeBufferPointer { (buffer) throws(ParseError) in
      try parse(UnsafeRawBufferPointer(buffer), limits: limits)
    }
  }

  /// Reads one JSON text from a string.
  package static func parse(_ text: String, limits: Limits = Limits()) throws(ParseError) -> JSON {
    try parse(Array(text.utf8), limits: limits)
  }
}

/// Turns jansson's tree into a `JSON`, and notes why when it cannot.
private struct TreeReader {
  enum Refusal {
    case depth
    case equalKeys(String)
  }

  let limit: Int
  var refusal: Refusal?
  /// Whether a fraction was zero, which can mean that the number written was too small.
  var hasZero = false

  init(limit: Int) { self.limit = limit }

  mutating func value(_ node: UnsafeMutablePointer<json_t>, depth: Int) -> JSON? {
    switch node.pointee.type {
    case JSON_OBJECT: return object(node, depth: depth + 1)
    case JSON_ARRAY: return array(node, depth: depth + 1)
    case JSON_STRING: return .string(text(json_string_value(node), json_string_length(node)))
    case JSON_INTEGER: return .integer(Int64(json_integer_value(node)))
    case JSON_REAL:
      let value = json_real_value(node)
      if value == 0 { hasZero = true }
      return .number(value)
    case JSON_TRUE: return .bool(true)
    case JSON_FALSE: return .bool(false)
    default: return .null
    }
  }

  private mutating func array(_ node: UnsafeMutablePointer<json_t>, depth: Int) -> JSON? {
    guard depth <= limit else { return refuse(.depth) }
    let count = json_array_size(node)
    var values: [JSON] = []
    values.reserveCapacity(count)
    for index in 0..<count {
      guard let element = json_array_get(node, index), let value = value(element, depth: depth) else { return nil }
      values.append(value)
    }
    return .array(values)
  }

  private mutating func object(_ node: UnsafeMutablePointer<json_t>, depth: Int) -> JSON? {
    guard depth <= limit else { return refuse(.depth) }
    let count = json_object_size(node)
    var keys: [String] = []
    var values: [JSON] = []
    keys.reserveCapacity(count)
    values.reserveCapacity(count)
    var isASCII = true
    var iterator = json_object_iter(node)
    while let current = iterator {
      let key = text(json_object_iter_key(current), json_object_iter_key_len(current))
      if isASCII, !key.utf8.allSatisfy({ $0 < 0x80 }) { isASCII = false }
      guard let member = json_object_iter_value(current), let value = value(member, depth: depth) else { return nil }
      keys.append(key)
      values.append(value)
      iterator = json_object_iter_next(node, current)
    }
    // jansson has refused equal bytes, but Swift's strings are also equal when their normal forms are.
    if isASCII { return .object(JSON.Object(uncheckedUniqueKeys: keys, values: values)) }
    var object = JSON.Object(minimumCapacity: count)
    for (key, value) in zip(keys, values) where object.updateValue(value, forKey: key) != nil {
      return refuse(.equalKeys(key))
    }
    return .object(object)
  }

  private mutating func refuse(_ reason: Refusal) -> JSON? {
    refusal = reason
    return nil
  }

  private func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    return String(decoding: bytes.bindMemory(to: UInt8.self), as: UTF8.self)
  }
}

private func explain(
  _ refusal: TreeReader.Refusal, _ bytes: UnsafeRawBufferPointer, _ limits: JSON.Limits
) -> JSON.ParseError {
  switch refusal {
  case .depth:
    let offset = SourceText(bytes: bytes).tooDeep(depth: limits.depth) ?? 0
    return JSON.ParseError("nested deeper than the limit of \(limits.depth) levels", at: offset, in: bytes)
  case .equalKeys(let key):
    return JSON.ParseError(
      "two keys of one object are the same text in different Unicode forms: \"\(key.prefix(40))\"", at: 0, in: bytes)
  }
}

/// Says in our words, and with the start of the offending token, what jansson found.
private func explain(
  _ failure: json_error_t, _ bytes: UnsafeRawBufferPointer, _ limits: JSON.Limits
) -> JSON.ParseError {
  var failure = failure
  let code = json_error_code(&failure)
  let source = SourceText(bytes: bytes)
  let end = min(max(Int(failure.position), 0), bytes.count)
  let token = source.token(before: end)
  let start = token?.lowerBound ?? end
  switch code {
  case json_error_numeric_overflow:
    let text = token.map { source.text($0, limit: 40) } ?? ""
    let isInteger = !text.contains { ".eE".contains($0) }
    return JSON.ParseError(
      isInteger
        ? "the integer \(text) does not fit 64 bits; send it as a string"
        : "the number \(text) is too large for a double", at: start, in: bytes)
  case json_error_stack_overflow:
    return explain(.depth, bytes, limits)
  case json_error_duplicate_key:
    return JSON.ParseError(
      "duplicate object key \(token.map { source.text($0, limit: 60) } ?? "")", at: start, in: bytes)
  case json_error_premature_end_of_input:
    return JSON.ParseError("the text ends in the middle of a value", at: bytes.count, in: bytes)
  default:
    let text = withUnsafeBytes(of: failure.text) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    let insideString = token.map { bytes[$0.lowerBound] == UInt8(ascii: "\"") && end < $0.upperBound } ?? false
    return JSON.ParseError(text, at: insideString ? end : start, in: bytes)
  }
}
