/// A rule that compares numbers and can show them.
package protocol Measuring: Rule {
  /// The numbers that the rule would look at in `situation`, those that are known.
  static func measurements(_ situation: Situation) -> [Measurement]
}
