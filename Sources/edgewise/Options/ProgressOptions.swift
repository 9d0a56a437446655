import ArgumentParser

/// Whether long work shows how far it is.
struct ProgressOptions: ParsableArguments {
  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false
}
