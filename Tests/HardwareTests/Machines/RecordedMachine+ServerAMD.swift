extension RecordedMachine {
  /// A virtual AMD server with 8 threads on 4 cores, two NUMA nodes and a memory limit of a version 1 control group.
  static let serverAMD = RecordedMachine(
    files: topology(count: 8, threads: 2)
      + (0..<8).reduce([:]) {
        $0 + cache($1, 0, level: 1, kind: "Data", size: "32K", shared: "\($1 / 2 * 2)-\($1 / 2 * 2 + 1)")
      }
      + (0..<8).reduce([:]) {
        $0 + cache($1, 1, level: 3, kind: "Unified", size: "32768K", shared: "\($1 / 4 * 4)-\($1 / 4 * 4 + 3)")
      }
      + [
        "/proc/cpuinfo": """
        processor	: 0
        vendor_id	: AuthenticAMD
        model name	: AMD EPYC 9354 32-Core Processor
        flags		: fpu sse4_2 avx f16c fma avx2 bmi2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_vnni avx512_bf16 avx512vbmi hypervisor
        """,
        "/sys/devices/system/cpu/online": "0-7\n",
        "/sys/devices/system/node/online": "0-1\n",
        "/proc/self/status": "Name:\tedgewise\nVmSize:\t  1048576 kB\nCpus_allowed_list:\t0-5\n",
        "/proc/meminfo": """
        MemTotal:       65536000 kB
        MemFree:        10000000 kB
        MemAvailable:   50000000 kB
        SwapTotal:       2097152 kB
        SwapFree:        1048576 kB
        """,
        "/proc/self/cgroup": "9:name=systemd:/\n4:memory:/slice/job\n3:cpu,cpuacct:/slice/job\n0::/\n",
        "/proc/self/mountinfo": """
        27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
        36 31 0:33 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
        """,
        "/sys/fs/cgroup/memory/slice/job/memory.limit_in_bytes": "9223372036854771712\n",
        "/sys/fs/cgroup/memory/slice/memory.limit_in_bytes": "8589934592\n",
        "/sys/fs/cgroup/memory/slice/memory.usage_in_bytes": "6442450944\n",
        "/sys/fs/cgroup/memory/slice/memory.stat":
          "cache 5\ninactive_file 1\ntotal_inactive_file 2147483648\ntotal_active_file 1073741824\n",
        "/sys/fs/cgroup/cpu,cpuacct/slice/job/cpu.cfs_quota_us": "250000\n",
        "/sys/fs/cgroup/cpu,cpuacct/slice/job/cpu.cfs_period_us": "100000\n",
        "/sys/fs/cgroup/cpu,cpuacct/slice/cpu.cfs_quota_us": "-1\n",
        "/sys/dev/block/254:0/queue/rotational": "0\n",
        "/proc/self/limits": """
        Limit                     Soft Limit           Hard Limit           Units
        Max data size             unlimited            unlimited            bytes
        Max address space         34359738368          unlimited            bytes
        """,
      ],
    architecture: "x86_64")
}
