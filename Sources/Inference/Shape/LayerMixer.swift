/// What mixes tokens in a layer.
enum LayerMixer: Hashable {
  case attention
  /// A short convolution over the tokens.
  case convolution
}
