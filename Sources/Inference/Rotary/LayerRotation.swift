/// Which of a model's rotations a layer uses.
enum LayerRotation: Int, Hashable {
  /// That of the layers that see everything.
  case full = 0
  /// That of the layers with a window.
  case window = 1
}
