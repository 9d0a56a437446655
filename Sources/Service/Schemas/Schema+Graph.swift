import JSON

extension Schema {
  /// The graph of a model file that has one.
  static let graphDescription: Schema = .record(
    "The computation that the file spells out; absent for formats that hold tensors alone.",
    [
      .optional("producer", .string, "The program that wrote the file."),
      .optional("formatVersion", .integer, "The version of the file format."),
      .required("operatorSets", .array(operatorSet), "The versions of the operators, by domain."),
      .required("operators", .array(graphOperator), "The operators, most used first, at most 256."),
      .required("nodeCount", .integer(0...), "All uses of operators, with those of the graphs inside it."),
      .required("subgraphCount", .integer(0...), "Branches, loop bodies and functions."),
      .required("inputs", .array(.string), "Name, type and sizes of each input."),
      .required("outputs", .array(.string), "Name, type and sizes of each output, as far as the file tells."),
      .required("stateCount", .integer(0...), "The variables that keep their value from one call to the next."),
    ])

  private static let operatorSet: Schema = .record(
    "A version of the operators of one domain.",
    [.required("domain", .string, "The domain."), .required("version", .integer, "The version.")])

  private static let graphOperator: Schema = .record(
    "How often an operator is used.",
    [.required("name", .string, "The operator, with its domain."), .required("count", .integer(1...), "How often.")])
}
