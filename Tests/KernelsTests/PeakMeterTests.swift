import Kernels
import Testing

@Suite("Peak meter")
struct PeakMeterTests {
  @Test("every tier has its probes, and they measure something", arguments: KernelSet.usable)
  func measures(kernels: KernelSet) throws {
    let meter = PeakMeter(kernels: kernels, team: try ThreadTeam(threads: 2))
    #expect(try meter.readBandwidth(bufferByteCount: 4 << 20, seconds: 0) > 0)
    #expect(try meter.int8OperationsPerSecond(seconds: 0) > 0)
    #expect(try meter.float32OperationsPerSecond(seconds: 0) > 0)
  }

  @Test("a raised flag ends each measurement, however long it was to be")
  func cancelled() throws {
    let meter = PeakMeter(kernels: try KernelSet.select(override: nil), team: try ThreadTeam(threads: 1))
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(throws: Cancelled()) {
      try meter.readBandwidth(bufferByteCount: 1 << 20, seconds: 1e9, cancellation: cancellation)
    }
    #expect(throws: Cancelled()) { try meter.int8OperationsPerSecond(seconds: 1e9, cancellation: cancellation) }
    #expect(throws: Cancelled()) { try meter.float32OperationsPerSecond(seconds: 1e9, cancellation: cancellation) }
  }

  @Test("memory that no machine has is refused, not taken")
  func outOfMemory() throws {
    #expect(throws: OutOfMemory.self) { _ = try AlignedBuffer(byteCount: .max) }
    #expect(throws: OutOfMemory.self) { _ = try AlignedBuffer(byteCount: -1) }
    #expect(throws: OutOfMemory.self) { _ = try AlignedBuffer(byteCount: 1 << 60) }
    let buffer = try AlignedBuffer(byteCount: 100)
    #expect(buffer.bytes.count >= 100 && buffer.bytes.allSatisfy { $0 == 0 })
  }
}
