import Benchmarking
import Inference

extension BenchmarkReport.MemoryUse {
  /// The memory of a session and its model now.
  init(_ session: Session) {
    self.init(
      weightBytes: session.model.residentWeightBytes, cacheBytes: session.memory.kvCacheBytes,
      cacheBytesPerToken: session.model.shape.cacheBytesPerToken(session.cacheFormat),
      scratchBytes: session.memory.scratchBytes + session.memory.logitsBytes,
      peakResidentBytes: ProcessMemory().peakResidentBytes)
  }
}
