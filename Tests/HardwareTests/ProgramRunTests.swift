import Kernels
import Testing

@testable import Hardware

@Suite("Programs that are run for minutes")
struct ProgramRunTests {
  private func run(
    _ script: String, deadlineSeconds: Double = 20, limitBytes: Int = 1 << 20, cancellation: Cancellation? = nil
  ) -> ProgramRun.Outcome {
    ProgramRun.of(
      "/bin/sh", ["-c", script], deadlineSeconds: deadlineSeconds, limitBytes: limitBytes, cancellation: cancellation)
  }

  @Test("what they print is their output, what they say on standard error is not")
  func output() {
    #expect(run("echo here; echo there >&2") == .output("here\n"))
  }

  @Test("a failure has the status of a shell and the message")
  func failure() {
    #expect(run("echo no such model >&2; exit 3") == .failed(status: 3, message: "no such model"))
    #expect(run("kill -9 $$") == .failed(status: 137, message: ""))
  }

  @Test("what cannot be started says why")
  func missing() {
    guard case .notStarted = ProgramRun.of("/no/such/program", [], deadlineSeconds: 1) else {
      Issue.record("started what is not there")
      return
    }
  }

  @Test("too long, too much and a cancel end them")
  func ended() {
    #expect(run("sleep 60", deadlineSeconds: 0.05) == .tookTooLong)
    #expect(run("while :; do echo more; done", limitBytes: 1000) == .tooMuchOutput)
    #expect(run("sleep 60", cancellation: Cancellation(allowance: 0)) == .cancelled)
  }
}
