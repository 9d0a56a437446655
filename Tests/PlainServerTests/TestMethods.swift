import Advisor
import JSON
import Kernels
import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Methods that behave in ways that only tests want.
enum TestMethods {
  static let all = [
    AnyMethod(Wait.self), AnyMethod(Leave.self), AnyMethod(Work.self), AnyMethod(Steps.self), AnyMethod(Echo.self),
  ]

  struct None: Codable, Sendable {
    static let schema = Schema.object("Nothing.", [])
  }

  struct Number: Codable, Sendable {
    var value: Int
    static let schema = Schema.record("A number.", [.required("value", .integer, "The number.")])
  }

  /// Waits until it is cancelled.
  enum Wait: Method {
    static let name = "test/wait"
    static let summary = "Waits."
    static let discussion = "Until it is cancelled."
    static let scheduling = Scheduling.concurrent
    static let card = MethodCard(title: "Wait", readOnly: true)
    static let params = None.schema
    static let reply = Number.schema
    static let examples: [Example] = []

    static func run(_ params: None, _ call: Call) async throws -> Number {
      let (stream, continuation) = AsyncStream<Void>.makeStream()
      call.progress.report("waiting", 0.5, "here")
      for await _ in stream {}
      withExtendedLifetime(continuation) {}
      try call.cancellation.check()
      return Number(value: 0)
    }
  }

  /// Leaves the reader, and keeps its thread until it is cancelled.
  enum Leave: Method {
    static let name = "test/leave"
    static let summary = "Leaves."
    static let discussion = "Then it waits until it is cancelled."
    static let scheduling = Scheduling.brief
    static let card = MethodCard(title: "Leave", readOnly: true)
    static let params = None.schema
    static let reply = Number.schema
    static let examples: [Example] = []

    static func run(_ params: None, _ call: Call) async throws -> Number {
      await call.leaveReader()
      call.progress.report("waiting", 0.5, "elsewhere")
      while true {
        try call.cancellation.check()
        sched_yield()
      }
    }
  }

  /// Measures until it is cancelled.
  enum Work: Method {
    static let name = "test/work"
    static let summary = "Works."
    static let discussion = "Until it is cancelled, on the machine's only lane."
    static let scheduling = Scheduling.exclusive
    static let card = MethodCard(title: "Work", readOnly: true)
    static let params = None.schema
    static let reply = Number.schema
    static let examples: [Example] = []

    static func run(_ params: None, _ call: Call) async throws -> Number {
      try await call.measure { cancellation, progress in
        progress.report("working", 0.1, "on the lane")
        while true {
          try cancellation.check()
          sched_yield()
        }
      }
    }
  }

  /// Reports three steps, one of them backwards.
  enum Steps: Method {
    static let name = "test/steps"
    static let summary = "Reports steps."
    static let discussion = "Three of them."
    static let scheduling = Scheduling.concurrent
    static let card = MethodCard(title: "Steps", readOnly: true)
    static let params = None.schema
    static let reply = Number.schema
    static let examples: [Example] = []

    static func run(_ params: None, _ call: Call) async throws -> Number {
      call.progress.report("one", 0.25, "first")
      call.progress.report("two", 0.125, "second")
      call.progress.report("three", 1, "third")
      return Number(value: 3)
    }
  }

  /// Returns its digit.
  enum Echo: Method {
    static let name = "test/echo"
    static let summary = "Returns its digit."
    static let discussion = "In the order of the calls."
    static let scheduling = Scheduling.ordered
    static let card = MethodCard(title: "Echo", readOnly: false)
    static let params = Schema.object("A number.", [.required("value", .integer(0...9), "The digit.")])
    static let reply = Number.schema
    static let examples: [Example] = []

    static func run(_ params: Number, _ call: Call) async throws -> Number { params }
  }
}
