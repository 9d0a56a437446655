import Benchmarking
import Hardware
import TestSupport
import Testing

@Suite("The environment of a measurement")
struct EnvironmentTests {
  private func snapshot(_ files: [String: String]) throws -> SystemSnapshot {
    let tree = try FileTree(files)
    return SystemSnapshot(files: SystemFiles(root: tree.path, environment: [:]))
  }

  /// Two cores; of the time since boot `busy` ticks were busy, `own` of them this process's.
  private func counters(busy: Int, idle: Int, stolen: Int = 0, own: Int) -> [String: String] {
    [
      "/proc/stat": "cpu  \(busy) 0 0 \(idle) 0 0 0 \(stolen) 0 0\ncpu0 1 2 3\n",
      "/proc/self/stat": "77 (a) b) R 1 2 3 4 5 6 7 8 9 10 \(own) 0 0 0 20 0 4 0\n",
      "/sys/devices/system/cpu/online": "0-1\n",
      "/proc/loadavg": "0.25 0.10 0.01 1/99 5\n",
    ]
  }

  @Test("the load of others is what was busy and not our own")
  func load() throws {
    // 200 ticks passed: 130 busy, of which 100 ours, 70 idle: others had 30 of 200 ticks of 2 cores = 0.3 cores.
    let before = try snapshot(counters(busy: 1000, idle: 5000, own: 400))
    let after = try snapshot(counters(busy: 1130, idle: 5070, own: 500))
    let disturbance = Disturbance(before: before, after: after)
    #expect(disturbance.othersBusyCores.map { abs($0 - 0.3) < 1e-12 } == true)
    #expect(disturbance.signs == ["other processes kept 0.3 of 2 cores busy"])
    #expect(disturbance.throttling == .unknown)
    #expect(before.loadAverage == 0.25)
  }

  @Test("time stolen by the hypervisor is told")
  func stolen() throws {
    // 20 of 200 ticks.
    let before = try snapshot(counters(busy: 1000, idle: 5000, own: 0))
    let after = try snapshot(counters(busy: 1100, idle: 5080, stolen: 20, own: 100))
    let disturbance = Disturbance(before: before, after: after)
    #expect(disturbance.stolenFraction == 0.1)
    #expect(disturbance.signs == ["the hypervisor gave 10.0 % of the time to others"])
  }

  @Test(
    "each sign of throttling is seen",
    arguments: [
      (
        ["/sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count": "3"],
        ["/sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count": "5"], "temperature (2 events)"
      ),
      ([:], ["/sys/devices/platform/soc/soc:firmware/get_throttled": "50005"], "firmware"),
      (
        [:],
        [
          "/sys/class/thermal/thermal_zone0/type": "x86_pkg_temp", "/sys/class/thermal/thermal_zone0/temp": "96000",
          "/sys/class/thermal/thermal_zone0/trip_point_0_type": "passive",
          "/sys/class/thermal/thermal_zone0/trip_point_0_temp": "95000",
        ], "x86_pkg_temp"
      ),
      (
        ["/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "2400000"],
        ["/sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq": "1500000"], "2400 to 1500 MHz"
      ),
      (["/g/cpu.stat": "nr_throttled 4\n"], ["/g/cpu.stat": "nr_throttled 9\n"], "quota stopped the process 5 times"),
    ])
  func throttling(before: [String: String], after: [String: String], sign: String) throws {
    var base = counters(busy: 10, idle: 10, own: 10)
    base["/proc/self/cgroup"] = "0::/\n"
    base["/proc/self/mountinfo"] = "38 31 0:31 / /g rw,relatime - cgroup2 cgroup2 rw\n"
    let disturbance = Disturbance(
      before: try snapshot(base.merging(before) { $1 }), after: try snapshot(base.merging(after) { $1 }))
    #expect(disturbance.throttling == .seen)
    #expect(disturbance.signs.contains { $0.contains(sign) }, "\(disturbance.signs)")
  }

  @Test(
    "hostile counters are unknown, not a crash",
    arguments: [
      "cpu  -1 -1 -1 -1", "cpu  99999999999999999999 1 2 3", "cpu ", "",
      "cpu  9223372036854775807 9223372036854775807 1 1 1 1 1 1",
    ])
  func hostile(stat: String) throws {
    let files = [
      "/proc/stat": stat, "/proc/self/stat": "1 (x) R 9223372036854775807", "/proc/loadavg": "x",
      "/sys/devices/system/cpu/online": "0-999999999,5,-3",
      "/sys/devices/system/cpu/cpu5/cpufreq/scaling_cur_freq": "-7",
    ]
    let snapshot = try snapshot(files)
    _ = Disturbance(before: snapshot, after: snapshot)
    #expect(snapshot.logicalCores == 1)
    #expect(snapshot.frequencyHertz == nil && snapshot.ownTicks == nil && snapshot.loadAverage == nil)
  }

  @Test("memory of the process is read in bytes and hostile values are absent")
  func memory() throws {
    let tree = try FileTree([
      "/proc/self/status":
        "Name:\tx\nVmHWM:\t   2048 kB\nVmRSS:\t 1024 kB\nRssAnon:\t -4 kB\nRssFile:\t9223372036854775807 kB\n"
    ])
    let memory = ProcessMemory(files: SystemFiles(root: tree.path, environment: [:]))
    #expect(memory.peakResidentBytes == 2 << 20 && memory.residentBytes == 1 << 20)
    #expect(memory.residentOwnBytes == nil && memory.residentFileBytes == nil)
  }

  #if os(Linux)
    @Test("the peak of this process is at least what is resident now")
    func thisProcess() throws {
      let memory = ProcessMemory()
      #expect(try #require(memory.peakResidentBytes) >= #require(memory.residentBytes))
    }
  #endif
}
