extension RecordedMachine {
  private static func armCores(_ parts: [String], features: String) -> String {
    parts.enumerated().map { index, part in
      "processor\t: \(index)\nFeatures\t: \(features)\nCPU implementer\t: 0x41\nCPU part\t: \(part)\n"
    }.joined(separator: "\n")
  }

  /// A Raspberry Pi 5 with 8 GB and a Hailo-8 on its bus.
  static let raspberryPi = RecordedMachine(
    files: topology(count: 4) + [
      "/proc/cpuinfo": armCores(
        Array(repeating: "0xd0b", count: 4),
        features: "fp asimd evtstrm aes crc32 atomics fphp asimdhp cpuid asimdrdm lrcpc dcpop asimddp"),
      "/sys/devices/system/cpu/online": "0-3\n",
      "/proc/device-tree/model": "Raspberry Pi 5 Model B Rev 1.0\0",
      "/proc/device-tree/compatible": "raspberrypi,5-model-b\0brcm,bcm2712\0",
      "/proc/meminfo": "MemTotal: 8245240 kB\nMemAvailable: 7400000 kB\n",
      "/sys/class/drm/card0/device/uevent": "DRIVER=v3d\nOF_COMPATIBLE_0=brcm,2712-v3d\n",
      "/sys/class/drm/card1/device/uevent": "DRIVER=vc4-drm\nOF_COMPATIBLE_0=brcm,bcm2712-vc6\n",
      "/sys/class/hailo_chardev/hailo0/uevent": "DEVNAME=hailo0\n",
      "/sys/class/thermal/thermal_zone0/type": "cpu-thermal\n",
      "/sys/class/thermal/thermal_zone0/temp": "52300\n",
      "/sys/class/thermal/thermal_zone0/trip_point_0_type": "critical\n",
      "/sys/class/thermal/thermal_zone0/trip_point_0_temp": "110000\n",
      "/sys/class/thermal/thermal_zone0/trip_point_1_type": "passive\n",
      "/sys/class/thermal/thermal_zone0/trip_point_1_temp": "80000\n",
      "/etc/os-release": "NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\n",
    ],
    architecture: "aarch64")

  /// A Jetson Orin Nano: six cores of one kind, GPU in the chip.
  static let jetson = RecordedMachine(
    files: topology(count: 6) + [
      "/proc/cpuinfo": armCores(Array(repeating: "0xd42", count: 6), features: "fp asimd fphp asimdhp asimddp"),
      "/sys/devices/system/cpu/online": "0-5\n",
      "/proc/device-tree/model": "NVIDIA Jetson Orin Nano Developer Kit\0",
      "/proc/device-tree/compatible": "nvidia,p3768-0000+p3767-0005\0nvidia,p3767-0005\0nvidia,tegra234\0",
      "/proc/meminfo": "MemTotal: 7800000 kB\nMemAvailable: 6500000 kB\n",
      "/usr/local/cuda/version.json":
        "{\"cuda\": {\"name\": \"CUDA SDK\", \"version\": \"12.6.11\"}, \"cuda_cccl\": {\"version\": \"12.6.1\"}}",
      "/usr/lib/aarch64-linux-gnu/libnvinfer.so.10.3.0": "",
      "/sys/class/hwmon/hwmon1/name": "ina3221\n",
      "/sys/class/hwmon/hwmon1/power1_input": "4200\n",
    ],
    architecture: "aarch64")

  /// A phone's cores: one X4, three A720, two A520, which only capacity and part numbers tell apart.
  static let bigLittle = RecordedMachine(
    files: topology(count: 6)
      + ["1024", "800", "800", "800", "250", "250"].enumerated().reduce([:]) {
        $0 + ["/sys/devices/system/cpu/cpu\($1.offset)/cpu_capacity": $1.element + "\n"]
      } + [
        "/proc/cpuinfo": armCores(
          ["0xd82", "0xd81", "0xd81", "0xd81", "0xd80", "0xd80"], features: "asimd asimdhp asimddp i8mm bf16 sve2"),
        "/sys/devices/system/cpu/online": "0-5\n",
      ],
    architecture: "aarch64")
}
