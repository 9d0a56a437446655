/// One step of the way to a value that is being coded, linked to the steps before it.
///
/// A way is only ever spelled out for an error, so taking a step costs one small object.
final class PathNode: Sendable {
  let parent: PathNode?
  let step: JSON.Pointer.Step

  init(_ parent: PathNode?, _ step: JSON.Pointer.Step) {
    self.parent = parent
    self.step = step
  }

  static func pointer(_ node: PathNode?) -> JSON.Pointer {
    var steps: [JSON.Pointer.Step] = []
    var current = node
    while let here = current {
      steps.append(here.step)
      current = here.parent
    }
    return JSON.Pointer(steps.reversed())
  }

  static func codingPath(_ node: PathNode?) -> [any CodingKey] {
    pointer(node).steps.map { step in
      switch step {
      case .key(let key): AnyKey(stringValue: key)
      case .index(let index): AnyKey(intValue: index)
      }
    }
  }
}

/// A coding key made from any text or index.
struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = "\(intValue)"
    self.intValue = intValue
  }

  /// The step that `key` takes.
  static func step(_ key: any CodingKey) -> JSON.Pointer.Step {
    if let index = key.intValue { .index(index) } else { .key(key.stringValue) }
  }
}
