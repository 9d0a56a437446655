extension RecordedMachine {
  /// A container with half a core and 4 GiB of which 3.5 are used, 3 of them by file cache; the outer path shows in
  /// `/proc/self/cgroup` although the mount begins at the container's own group.
  static let container = RecordedMachine(
    files: [
      "/proc/cpuinfo": "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Xeon\nflags\t: sse4_2 avx2 fma\n",
      "/sys/devices/system/cpu/online": "0-15\n",
      "/proc/meminfo": "MemTotal: 131072000 kB\nMemAvailable: 100000000 kB\n",
      "/proc/self/cgroup": "0::/system.slice/docker-abc.scope\n",
      "/proc/self/mountinfo":
        "600 599 0:29 /system.slice/docker-abc.scope /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw,nsdelegate\n",
      "/sys/fs/cgroup/memory.max": "4294967296\n",
      "/sys/fs/cgroup/memory.high": "max\n",
      "/sys/fs/cgroup/memory.current": "3758096384\n",
      "/sys/fs/cgroup/memory.stat":
        "anon 536870912\nfile 3221225472\ninactive_file 2147483648\nactive_file 1073741824\n",
      "/sys/fs/cgroup/cpu.max": "50000 100000\n",
      "/.dockerenv": "",
    ],
    architecture: "x86_64")

  /// A workstation whose NVIDIA GPUs only `nvidia-smi` tells about.
  static let withNVIDIA = RecordedMachine(
    files: [
      "/proc/cpuinfo": "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: Ryzen\nflags\t: avx2\n",
      "/proc/meminfo": "MemTotal: 64000000 kB\nMemAvailable: 60000000 kB\n",
      "/sys/bus/pci/devices/0000:01:00.0/vendor": "0x10de\n",
      "/sys/bus/pci/devices/0000:01:00.0/device": "0x2684\n",
      "/sys/bus/pci/devices/0000:01:00.0/class": "0x030000\n",
      "/usr/bin/nvidia-smi": """
      #!/bin/sh
      echo "NVIDIA GeForce RTX 4090, 24564, 23000, 580.65.06, 8.9"
      echo "NVIDIA GB10, [N/A], [N/A], 580.65.06, 12.1"
      """,
    ],
    architecture: "x86_64")
}
