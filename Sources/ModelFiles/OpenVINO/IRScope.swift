/// The layers of one graph or body, as far as they can be part of the decompression of weights.
///
/// Compressed weights are a constant that goes through `Convert`, `Subtract` of zero points (when there are any) and
/// `Multiply` with scales. Source: NNCF 3.4 and the decompression passes of OpenVINO 2026.
struct IRScope {
  /// What a layer does to weights.
  enum Step {
    case constant(index: Int)
    case convert
    case subtract
    case multiply
  }

  private var steps: [Int: Step] = [:]
  /// Where the first and the second input of a layer come from.
  private var firsts: [Int: Int] = [:]
  private var seconds: [Int: Int] = [:]

  mutating func add(_ step: Step, layer: Int) { steps[layer] = step }

  mutating func connect(_ from: Int, to layer: Int, port: Int) {
    guard steps[from] != nil, steps[layer] != nil else { return }
    if port == 0 { firsts[layer] = from } else if port == 1 { seconds[layer] = from }
  }

  /// Finds the scales and zero points of the compressed weights among `constants`.
  func assign(to constants: inout [IRGraph.Constant]) {
    for (layer, step) in steps {
      let isScale: Bool
      switch step {
      case .multiply: isScale = true
      case .subtract: isScale = false
      default: continue
      }
      guard let weights = source(firsts[layer]), let companion = source(seconds[layer]), weights != companion,
        constants[weights].type.compressedName != nil
      else { continue }
      constants[companion].owner = weights
      if isScale { constants[weights].hasScales = true } else { constants[weights].hasZeroPoints = true }
    }
  }

  /// The constant that a value comes from through at most three steps.
  private func source(_ start: Int?) -> Int? {
    var layer = start
    for _ in 0...3 {
      guard let current = layer, let step = steps[current] else { return nil }
      if case .constant(let index) = step { return index }
      layer = firsts[current]
    }
    return nil
  }
}
