import Advisor
import JSON
import Service

/// A machine's profile as a file for use elsewhere.
enum ProfileFile {
  /// Writes what of a reply of `hardware/assess` makes a profile.
  static func write(_ reply: JSON, to path: String) throws {
    do {
      try ProfileStore.write(try reply.decode(MachineProfile.self), to: path)
    } catch {
      throw Failure(describing: error)
    }
  }
}
