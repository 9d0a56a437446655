/// Where the attention and feed-forward blocks are normalized.
enum NormPlacement: Hashable, Sendable {
  /// Their input, as in Llama.
  case before
  /// Their output, before it is added to the stream.
  case after
  /// Both.
  case around

  var isBefore: Bool { self != .after }
  var isAfter: Bool { self != .before }
}
