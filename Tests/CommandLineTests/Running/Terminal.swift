#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The program run on a terminal of its own, as a person would see it.
struct Terminal {
  /// Everything that was written to the terminal.
  var screen: String
  var status: Int32

  /// Runs the program on a terminal of `columns`; `onOutput` is called with what was written so far.
  static func run(
    _ arguments: [String], columns: Int = 80, environment: [String: String] = Child.environment,
    onOutput: (String, pid_t) -> Void = { _, _ in }
  ) throws -> Terminal {
    let (controller, name) = try open()
    let device = openDevice(name)
    guard device >= 0 else { throw Child.NotStarted(message: "no pseudo-terminal device") }
    _ = fcntl(controller, F_SETFD, FD_CLOEXEC)
    _ = fcntl(device, F_SETFD, FD_CLOEXEC)
    var size = winsize(ws_row: 40, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
    let process = try Child.start(
      arguments, descriptors: (device, device, device), others: [controller], environment: environment)
    close(device)
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(controller, &chunk, chunk.count)
      if count <= 0 { break }
      bytes += chunk[..<count]
      onOutput(String(decoding: bytes, as: UTF8.self), process)
    }
    close(controller)
    return Terminal(screen: String(decoding: bytes, as: UTF8.self), status: Child.wait(process))
  }

  private static func openDevice(_ name: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(name, O_RDWR | O_NOCTTY)
    #else
      Darwin.open(name, O_RDWR | O_NOCTTY)
    #endif
  }

  /// Makes a pseudo-terminal: its controlling side, and the path of the side that programs use.
  private static func open() throws -> (controller: Int32, name: String) {
    #if canImport(Glibc)
      // The C library hides its functions for this; the numbers are TIOCSPTLCK and TIOCGPTN of <asm-generic/ioctls.h>.
      let controller = Glibc.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (isLocked, number): (Int32, Int32) = (0, 0)
      if controller >= 0, ioctl(controller, 0x4004_5431, &isLocked) == 0, ioctl(controller, 0x8004_5430, &number) == 0 {
        return (controller, "/dev/pts/\(number)")
      }
    #else
      let controller = posix_openpt(O_RDWR | O_NOCTTY)
      if controller >= 0, grantpt(controller) == 0, unlockpt(controller) == 0, let name = ptsname(controller) {
        return (controller, String(cString: name))
      }
    #endif
    throw Child.NotStarted(message: "no pseudo-terminal: \(String(cString: strerror(errno)))")
  }
}
