/// One way for an ONNX file to be wrong, with the error that it must give.
package struct ONNXFlaw: Sendable, CustomStringConvertible {
  package let description: String
  package let bytes: [UInt8]
  /// The raw value of the error's kind.
  package let kind: String
  /// Words of the message.
  package let says: String

  private init(_ description: String, _ model: WireWriter, _ kind: String, _ says: String) {
    self.description = description
    bytes = model.bytes
    self.kind = kind
    self.says = says
  }

  /// A model of `graph`.
  package static func model(_ graph: WireWriter) -> WireWriter {
    WireWriter().number(1, 10).text(2, "tests").message(7, graph)
  }

  /// A graph with this tensor as its only initializer.
  package static func model(tensor: WireWriter) -> WireWriter { model(WireWriter().message(5, tensor)) }

  /// A tensor of 2 by 3 floats with `count` bytes of values.
  package static func tensor(bytes count: Int) -> WireWriter {
    WireWriter().number(1, 2).number(1, 3).number(2, 1).text(8, "weight").bytes(9, Array(repeating: 0, count: count))
  }

  /// A tensor of 2 by 3 floats in another file.
  package static func external(_ fields: [(String, String)]) -> WireWriter {
    fields.reduce(WireWriter().number(1, 2).number(1, 3).number(2, 1).text(8, "weight").number(14, 1)) {
      $0.message(13, WireWriter().text(1, $1.0).text(2, $1.1))
    }
  }

  private static func nested(_ depth: Int) -> WireWriter {
    var graph = WireWriter()
    for _ in 0..<depth {
      graph = WireWriter().message(
        1, WireWriter().text(4, "If").message(5, WireWriter().text(1, "g").message(6, graph)))
    }
    return graph
  }

  package static let all: [ONNXFlaw] = [
    ONNXFlaw("no graph", WireWriter().number(1, 10).text(2, "tests"), "truncated", "has no graph"),
    ONNXFlaw(
      "a graph longer than the file", WireWriter().number(1, 10).bytes(7, [], length: 1 << 62), "truncated",
      "but only 0 bytes follow"),
    ONNXFlaw(
      "a length of 2^64 - 1", WireWriter().number(1, 10).raw([0x3a] + WireWriter.varint(.max)), "truncated",
      "18446744073709551615 bytes"),
    ONNXFlaw(
      "a tensor longer than its graph", model(WireWriter().bytes(5, [1, 2], length: 3)), "truncated",
      "only 2 bytes follow in its part"),
    ONNXFlaw(
      "a number that does not end", WireWriter().number(1, 10).raw(Array(repeating: 0xff, count: 20)), "malformed",
      "longer than 10 bytes"),
    ONNXFlaw("a group", WireWriter().number(1, 10).raw([0x3b, 0x3c]), "malformed", "wire type 3"),
    ONNXFlaw("field 0", WireWriter().number(1, 10).raw([0x02, 0x00]), "malformed", "number 0"),
    ONNXFlaw(
      "a graph that is a number", WireWriter().number(1, 10).number(7, 1), "malformed", "the graph was expected"),
    ONNXFlaw("a node that is a number", model(WireWriter().number(1, 1)), "malformed", "a node was expected"),
    ONNXFlaw("branches in branches", model(nested(40)), "malformed", "more than 16 deep"),
    ONNXFlaw(
      "text that is no UTF-8", model(WireWriter().message(1, WireWriter().bytes(4, [0xff]))), "malformed",
      "cannot be read"),
    ONNXFlaw("too few values", model(tensor: tensor(bytes: 23)), "malformed", "needs 24 bytes, but has 23"),
    ONNXFlaw(
      "an unknown type", model(tensor: WireWriter().number(1, 2).number(2, 99).text(8, "w")), "unsupportedFormat",
      "element type 99"),
    ONNXFlaw(
      "sizes whose product overflows",
      model(tensor: WireWriter().number(1, 1 << 40).number(1, 1 << 40).number(2, 1).text(8, "w")), "malformed",
      "are no sizes"),
    ONNXFlaw(
      "a negative size", model(tensor: WireWriter().number(1, .max).number(2, 1).text(8, "w")), "malformed",
      "are no sizes"),
    ONNXFlaw(
      "a hundred dimensions",
      model(tensor: (0..<100).reduce(WireWriter()) { tensor, _ in tensor.number(1, 1) }.number(2, 1).text(8, "w")),
      "malformed", "are no sizes"),
    ONNXFlaw(
      "an operator with a long name",
      model(WireWriter().message(1, WireWriter().text(4, String(repeating: "a", count: 300)))), "malformed",
      "a name of 300 bytes"),
    ONNXFlaw(
      "external values without a path", model(tensor: external([("location", "weights.bin")])), "missingPart",
      "Name the model by its path"),
  ]
}
