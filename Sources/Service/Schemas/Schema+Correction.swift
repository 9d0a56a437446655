package import JSON

extension Schema {
  /// Advice that is out of date.
  package static let correction: Schema = .named(
    "Correction",
    .record(
      "Advice that is commonly given and does not hold.",
      [
        .required("id", .string, "The id of the correction."),
        .required("note", .string, "What is commonly advised, what holds now, and since when."),
        .required("source", .string, "The citation."),
      ]))
}
