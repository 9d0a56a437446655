/// One way for a safetensors file to be wrong, with the error that it must give.
package struct SafetensorsFlaw: Sendable, CustomStringConvertible {
  package let name: String
  package let bytes: [UInt8]
  /// The name of the error kind that is expected.
  package let kind: String
  /// The byte offset that the error must name.
  package let byteOffset: Int
  /// A part of the message.
  package let says: String

  package var description: String { name }

  private init(
    _ name: String, _ kind: String = "malformed", at text: String? = nil, says: String,
    _ change: (inout SafetensorsWriter) -> Void
  ) {
    var writer = SafetensorsWriter.small
    change(&writer)
    self.name = name
    bytes = writer.bytes()
    self.kind = kind
    byteOffset = text.map(writer.place) ?? 0
    self.says = says
  }

  /// Every way, one entry each.
  package static var all: [SafetensorsFlaw] { header + entries + places }

  private static let header: [SafetensorsFlaw] = [
    SafetensorsFlaw("a header of 2^64 - 1 bytes", says: "18446744073709551615 bytes") { $0.headerLength = .max },
    SafetensorsFlaw("a header of 2^63 bytes", says: "9223372036854775808 bytes") { $0.headerLength = 1 << 63 },
    SafetensorsFlaw("a header of 100,000,001 bytes", says: "at most 100000000") { $0.headerLength = 100_000_001 },
    SafetensorsFlaw("a header longer than the file", "truncated", says: "bytes follow") { $0.headerLength = 100_000 },
    SafetensorsFlaw("a header that is an array", at: "[", says: "must be an object") { $0.header = "[]" },
    SafetensorsFlaw("a header that is a number", at: "7", says: "must be an object") { $0.header = "7 " },
    SafetensorsFlaw("text after the header", at: "x", says: "more text follows") { $0.header = "{}  x" },
    SafetensorsFlaw("metadata that is not text", at: "3}", says: "must be a string") {
      $0.header = #"{"__metadata__":{"a":3}}"#
    },
    SafetensorsFlaw("metadata given twice", at: #""__metadata__":{"b""#, says: "there twice") {
      $0.header = #"{"__metadata__":{},"__metadata__":{"b":"c"}}"#
    },
    SafetensorsFlaw("a thousand levels", at: "[", says: "must be an object ('{'), not '['") {
      $0.header = "{\"a\":" + String(repeating: "[", count: 1000)
    },
  ]

  private static let entries: [SafetensorsFlaw] = [
    SafetensorsFlaw("a tensor given twice", at: "\"scale\":{\"dtype\":\"F32\"", says: "there twice") {
      $0.tensors.append(.init("scale", "F32", [1]))
    },
    SafetensorsFlaw("an unknown dtype", "unsupportedFormat", at: "\"Q5\"", says: "'Q5'") { $0.tensors[1].type = "Q5" },
    SafetensorsFlaw("a dtype that is a number", at: "777,", says: "must be a string") {
      $0.tensors[2].entry = #"{"dtype":777,"shape":[],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("no dtype", at: "\"scale\"", says: "lacks 'dtype'") {
      $0.tensors[2].entry = #"{"shape":[],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("no offsets", at: "\"scale\"", says: "lacks 'data_offsets'") {
      $0.tensors[2].entry = #"{"dtype":"F16","shape":[]}"#
    },
    SafetensorsFlaw("a shape given twice", at: #""shape":[1]"#, says: "'shape' twice") {
      $0.tensors[2].entry = #"{"dtype":"F16","shape":[],"shape":[1],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("a key that is not known", at: #""stride""#, says: "'stride'") {
      $0.tensors[2].entry = #"{"stride":1,"dtype":"F16","shape":[],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("a negative size", at: "-4]", says: "from 0 to 2^63 - 1") { $0.tensors[1].shape = [-4] },
    SafetensorsFlaw("a size of 2^64", at: "18446744073709551616", says: "not '18446744073709551616'") {
      $0.tensors[2].entry = #"{"dtype":"F16","shape":[18446744073709551616],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("a size with a fraction", at: "1.5", says: "not '1.5'") {
      $0.tensors[2].entry = #"{"dtype":"F16","shape":[1.5],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("2^64 values", at: "\"scale\"", says: "more than 2^63 values") {
      $0.tensors[2].entry = #"{"dtype":"F16","shape":[4294967296,4294967296],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("nine dimensions", at: "9]", says: "more than 8 dimensions") {
      $0.tensors[2].entry = #"{"dtype":"F16","shape":[1,1,1,1,1,1,1,1,9],"data_offsets":[80,82]}"#
    },
    SafetensorsFlaw("an empty name", at: "\"\":", says: "has 0 bytes") { $0.tensors[2].name = "" },
    SafetensorsFlaw("one offset", at: "[80]", says: "found fewer") {
      $0.tensors[2].entry = #"{"dtype":"F16","shape":[],"data_offsets":[80]}"#
    },
  ]

  private static let places: [SafetensorsFlaw] = [
    SafetensorsFlaw("a place beyond the end", "truncated", at: "\"scale\"", says: "ends 1002 bytes into the data") {
      $0.tensors[2].range = (1000, 1002)
    },
    SafetensorsFlaw("an end before the start", at: "\"scale\"", says: "after its end") {
      $0.tensors[2].range = (82, 80)
    },
    SafetensorsFlaw("a place of the wrong size", at: "\"scale\"", says: "needs 2 bytes") {
      $0.tensors[2].range = (78, 82)
    },
    SafetensorsFlaw("overlapping tensors", at: "\"model.norm.weight\"", says: "they overlap") {
      $0.tensors[1].range = (60, 76)
    },
    SafetensorsFlaw("a gap", at: "\"scale\"", says: "there is a gap") {
      $0.tensors[2].range = (84, 86)
      $0.trailing = Array(repeating: 0, count: 4)
    },
  ]
}
