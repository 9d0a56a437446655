/// The questions that Edgewise answers: plain values in, plain values out.
///
/// Each question is an extension in a folder of its own. Answers are exact about what they do not know, and an advisor
/// does no work before it is asked something.
package struct Advisor: Sendable {
  package init() {}
}
