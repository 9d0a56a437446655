import TensorFormats

/// One way for a GGUF file to be wrong, with the error that it must give.
package struct GGUFFlaw: Sendable, CustomStringConvertible {
  package let name: String
  package let bytes: [UInt8]
  /// The name of the error kind that is expected.
  package let kind: String
  /// The byte offset that the error must name.
  package let byteOffset: Int
  /// A part of the message.
  package let says: String

  package var description: String { name }

  private init(_ name: String, _ writer: GGUFWriter, _ kind: String, at mark: String, plus: Int = 0, says: String) {
    self.name = name
    bytes = writer.bytes()
    self.kind = kind
    byteOffset = writer.place(mark) + plus
    self.says = says
  }

  /// `small` after a change.
  private init(
    _ name: String, _ kind: String, at mark: String, plus: Int = 0, says: String, _ change: (inout GGUFWriter) -> Void
  ) {
    var writer = GGUFWriter.small
    change(&writer)
    self.init(name, writer, kind, at: mark, plus: plus, says: says)
  }
}

extension GGUFFlaw {
  /// Every way, one entry each.
  package static var all: [GGUFFlaw] { header + metadata + tensors }

  private static let header: [GGUFFlaw] = [
    GGUFFlaw("version 1", "unsupportedVersion", at: "tensorCount", plus: -4, says: "GGUF version 1") { $0.version = 1 },
    GGUFFlaw("version 0", "unsupportedVersion", at: "tensorCount", plus: -4, says: "GGUF version 0") { $0.version = 0 },
    GGUFFlaw("version 77", "unsupportedVersion", at: "tensorCount", plus: -4, says: "GGUF version 77") {
      $0.version = 77
    },
    GGUFFlaw("2^63 tensors", "truncated", at: "tensorCount", says: "9223372036854775808 tensors") {
      $0.tensorCount = 1 << 63
    },
    GGUFFlaw("2^40 tensors", "truncated", at: "tensorCount", says: "1099511627776 tensors") {
      $0.tensorCount = 1 << 40
    },
    GGUFFlaw("2^64 - 1 metadata pairs", "truncated", at: "pairCount", says: "18446744073709551615 metadata pairs") {
      $0.pairCount = .max
    },
  ]

  private static let metadata: [GGUFFlaw] = [
    GGUFFlaw("a key used twice", "malformed", at: "pair:twice#2", says: "is there twice") {
      $0.metadata += [("twice", .uint8(1)), ("twice", .uint8(2))]
    },
    GGUFFlaw("an empty key", "malformed", at: "pair:", says: "is empty") { $0.metadata.append(("", .uint8(1))) },
    GGUFFlaw("a key longer than 65535 bytes", "malformed", at: "pair:" + longKey, says: "65536 bytes long") {
      $0.metadata.append((longKey, .uint8(1)))
    },
    GGUFFlaw("an unknown metadata type", "malformed", at: "pair:odd", plus: 11, says: "is 13") {
      $0.metadata.append(("odd", .raw(13, [0])))
    },
    GGUFFlaw("a string length of 2^64 - 1", "truncated", at: "pair:odd", plus: 15, says: "18446744073709551615 bytes") {
      $0.metadata.append(("odd", .raw(8, Array(repeating: 0xff, count: 8))))
    },
    GGUFFlaw("a string one byte longer than the file", "truncated", at: "pair:odd", plus: 15, says: "bytes follow") {
      $0.metadata.append(("odd", .raw(8, [2, 0, 0, 0, 0, 0, 0, 0, 65])))
      $0.tensors = []
    },
    GGUFFlaw("an array of 2^63 numbers", "truncated", at: "pair:odd", plus: 19, says: "9223372036854775808 elements") {
      $0.metadata.append(("odd", .rawArray(4, count: 1 << 63, [])))
    },
    GGUFFlaw("an array of 2^61 64-bit numbers", "truncated", at: "pair:odd", plus: 19, says: "elements") {
      $0.metadata.append(("odd", .rawArray(10, count: 1 << 61, [])))
    },
    GGUFFlaw("an array of 2^40 strings", "truncated", at: "pair:odd", plus: 19, says: "1099511627776 elements") {
      $0.metadata.append(("odd", .rawArray(8, count: 1 << 40, [])))
    },
    GGUFFlaw("an array of an unknown type", "malformed", at: "pair:odd", plus: 15, says: "is 99") {
      $0.metadata.append(("odd", .rawArray(99, count: 1, [0])))
    },
    GGUFFlaw("arrays nested five deep", "malformed", at: "pair:odd", plus: 15 + 4 * 12, says: "more than 4 deep") {
      let inner = GGUFWriter.Value.array(0, [.uint8(1)])
      $0.metadata.append(("odd", .array(9, [.array(9, [.array(9, [.array(9, [inner])])])])))
    },
    GGUFFlaw("an alignment of 0", "malformed", at: "pair:general.alignment", says: "power of two") {
      $0.metadata.append(("general.alignment", .uint32(0)))
    },
    GGUFFlaw("an alignment of 24", "malformed", at: "pair:general.alignment", says: "power of two") {
      $0.metadata.append(("general.alignment", .uint32(24)))
    },
    GGUFFlaw("an alignment that is text", "malformed", at: "pair:general.alignment", says: "power of two") {
      $0.metadata.append(("general.alignment", .string("32")))
    },
    GGUFFlaw("part 3 of 3 counted from 0", "malformed", at: "pair:split.no", says: "from 0 to 2") {
      $0.metadata += [("split.no", .uint16(3)), ("split.count", .uint16(3))]
    },
    GGUFFlaw("a part without a number", "malformed", at: "pair:split.count", says: "split.no") {
      $0.metadata.append(("split.count", .uint16(3)))
    },
    GGUFFlaw("2^40 parts", "malformed", at: "pair:split.count", says: "0 to 65535") {
      $0.metadata.append(("split.count", .uint64(1 << 40)))
    },
  ]

  private static let longKey = String(repeating: "k", count: 65536)

  private static let tensors: [GGUFFlaw] = [
    GGUFFlaw("a tensor name used twice", "malformed", at: "tensor:output_norm.weight#2", says: "is there twice") {
      $0.tensors.append(.init("output_norm.weight", [32], .f32))
    },
    GGUFFlaw("an empty tensor name", "malformed", at: "tensor:", says: "is empty") { $0.tensors[0].name = "" },
    GGUFFlaw("a tensor without dimensions", "malformed", at: firstDimensions, says: "has 0 dimensions") {
      $0.tensors[0].shape = []
    },
    GGUFFlaw("a tensor of five dimensions", "malformed", at: firstDimensions, says: "has 5 dimensions") {
      $0.tensors[0].shape = [32, 1, 1, 1, 1]
    },
    GGUFFlaw("a dimension of 0", "malformed", at: firstDimensions, plus: 12, says: "Dimension 1") {
      $0.tensors[0].shape = [64, 0]
    },
    GGUFFlaw("a dimension of 2^63", "malformed", at: firstDimensions, plus: 4, says: "9223372036854775808") {
      $0.tensors[0].shape = [1 << 63, 1]
    },
    GGUFFlaw("2^64 values", "malformed", at: firstDimensions, says: "more than 2^63 values") {
      $0.tensors[0].shape = [1 << 32, 1 << 32]
    },
    GGUFFlaw("values that fit but bytes that do not", "malformed", at: firstDimensions, says: "2^63 bytes") {
      $0.tensors[0] = .init("token_embd.weight", [1 << 60, 4], format: 28, bytes: [])
    },
    GGUFFlaw("a removed format", "unsupportedFormat", at: "format:token_embd.weight", says: "Q4_0_4_4") {
      $0.tensors[0].format = 31
    },
    GGUFFlaw("a format of a fork", "unsupportedFormat", at: "format:token_embd.weight", says: "IQ4_K ") {
      $0.tensors[0].format = 139
    },
    GGUFFlaw("an unknown format", "unsupportedFormat", at: "format:token_embd.weight", says: "Q4_K, ") {
      $0.tensors[0].format = .max
    },
    GGUFFlaw("rows that do not fill blocks", "malformed", at: firstDimensions, says: "multiple of the 32 values") {
      $0.tensors[0].shape = [48, 4]
    },
    GGUFFlaw("a misaligned tensor", "malformed", at: "offset:output_norm.weight", says: "alignment 32") {
      $0.tensors[1].offset = 8
    },
    GGUFFlaw("an offset of 2^64 - 32", "truncated", at: "offset:output_norm.weight", says: "bytes of data") {
      $0.tensors[1].offset = .max - 31
    },
    GGUFFlaw("an offset beyond the end", "truncated", at: "offset:output_norm.weight", says: "bytes of data") {
      $0.tensors[1].offset = 1 << 20
    },
    GGUFFlaw("overlapping tensors", "malformed", at: "offset:output_norm.weight", says: "overlap") {
      $0.tensors[1].offset = 32
    },
    GGUFFlaw("two tensors in one place", "malformed", at: "offset:output_norm.weight", says: "overlap") {
      $0.tensors[1].offset = 0
    },
  ]

  private static let firstDimensions = "dimensions:token_embd.weight"
}
