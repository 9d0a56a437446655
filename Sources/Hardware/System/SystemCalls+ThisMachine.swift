#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension SystemCalls {
  /// The calls of the machine that runs this process.
  package static let thisMachine = SystemCalls(
    architecture: {
      var name = utsname()
      guard uname(&name) == 0 else { return nil }
      return withUnsafeBytes(of: name.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    },
    instructionSets: { InstructionSet.ofThisMachine },
    space: { path in
      var status = statvfs()
      guard statvfs(path, &status) == 0 else { return nil }
      let unit = Int(clamping: UInt64(status.f_frsize))
      func bytes(_ blocks: some BinaryInteger) -> Int {
        let (bytes, overflow) = Int(clamping: blocks).multipliedReportingOverflow(by: unit)
        return overflow ? Int.max : bytes
      }
      return (bytes(status.f_bavail), bytes(status.f_blocks))
    },
    nvidiaManagement: NVIDIAManagement.accelerators)
}
