extension RecordedMachine {
  /// A hybrid Intel laptop on battery: 2 performance cores with two threads each, 2 efficiency cores and 1 low-power
  /// one, with an Intel GPU and NPU.
  static let laptopIntel = RecordedMachine(
    files: topology(count: 4, threads: 2) + topology(count: 3, from: 4)
      + (0..<7).reduce([:]) {
        $0 + ["/sys/devices/system/cpu/cpu\($1)/cpufreq/cpuinfo_max_freq": $1 < 4 ? "4800000\n" : "3800000\n"]
      }
      + [
        "/proc/cpuinfo": """
        processor	: 0
        vendor_id	: GenuineIntel
        model name	: Intel(R) Core(TM) Ultra 7 155H
        flags		: sse4_2 avx f16c fma avx2 bmi2 avx_vnni
        """,
        "/sys/devices/system/cpu/online": "0-6\n",
        "/sys/devices/cpu_core/cpus": "0-3\n",
        "/sys/devices/cpu_atom/cpus": "4-6\n",
        "/sys/devices/cpu_lowpower/cpus": "6\n",
        "/proc/meminfo": "MemTotal: 32000000 kB\nMemAvailable: 20000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n",
        "/sys/class/dmi/id/sys_vendor": "LENOVO\n",
        "/sys/class/dmi/id/product_name": "ThinkPad X1\n",
        "/sys/class/power_supply/AC/type": "Mains\n",
        "/sys/class/power_supply/AC/online": "0\n",
        "/sys/class/power_supply/BAT0/type": "Battery\n",
        "/sys/class/power_supply/BAT0/status": "Discharging\n",
        "/sys/class/power_supply/BAT0/capacity": "63\n",
        "/sys/class/power_supply/hidpp_battery_0/type": "Battery\n",
        "/sys/class/power_supply/hidpp_battery_0/scope": "Device\n",
        "/sys/class/power_supply/hidpp_battery_0/capacity": "5\n",
        "/sys/class/thermal/thermal_zone0/type": "x86_pkg_temp\n",
        "/sys/class/thermal/thermal_zone0/temp": "61000\n",
        "/sys/class/thermal/thermal_zone1/type": "iwlwifi\n",
        "/sys/class/thermal/thermal_zone1/temp": "-274000\n",
        "/sys/class/powercap/intel-rapl:0/name": "package-0\n",
        "/sys/class/powercap/intel-rapl:0/energy_uj": "262143328850\n",
        "/sys/class/drm/card1/device/vendor": "0x8086\n",
        "/sys/class/drm/card1/device/device": "0x7d55\n",
        "/sys/class/drm/card1/device/class": "0x030000\n",
        "/sys/class/drm/card1/device/uevent": "DRIVER=i915\nPCI_SLOT_NAME=0000:00:02.0\n",
        "/sys/class/drm/card1-eDP-1/status": "connected\n",
        "/sys/bus/pci/devices/0000:00:02.0/vendor": "0x8086\n",
        "/sys/bus/pci/devices/0000:00:02.0/device": "0x7d55\n",
        "/sys/bus/pci/devices/0000:00:02.0/class": "0x030000\n",
        "/sys/bus/pci/devices/0000:00:02.0/uevent": "DRIVER=i915\nPCI_SLOT_NAME=0000:00:02.0\n",
        "/sys/class/accel/accel0/device/vendor": "0x8086\n",
        "/sys/class/accel/accel0/device/device": "0x7d1d\n",
        "/sys/class/accel/accel0/device/uevent": "DRIVER=intel_vpu\nPCI_SLOT_NAME=0000:00:0b.0\n",
        "/proc/net/route": """
        Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
        wlp0s20f3	00000000	0101A8C0	0003	0	0	600	00000000	0	0	0
        """,
        "/sys/class/net/wlp0s20f3/operstate": "up\n",
        "/home/user/.local/lib/python3.12/site-packages/openvino-2026.1.0.dist-info/METADATA": "",
        "/home/user/.local/lib/python3.12/site-packages/optimum_intel-1.22.0.dist-info/METADATA": "",
        "/home/user/.local/lib/python3.12/site-packages/numpy-2.1.0.dist-info/METADATA": "",
        "/usr/lib/x86_64-linux-gnu/libvulkan.so.1": "",
        "/usr/lib/x86_64-linux-gnu/libvulkan.so.1.3.280": "",
        "/usr/share/vulkan/icd.d/intel_icd.x86_64.json": "{}",
        "/usr/bin/cmake": "#!/bin/sh\n",
        "/var/lib/dpkg/status": """
        Package: cmake-data
        Status: install ok installed
        Version: 9.9.9

        Package: cmake
        Status: install ok installed
        Version: 1:3.28.3-1build7

        """,
        "/usr/bin/ollama": "#!/bin/sh\necho 'Warning: could not connect'\necho 'ollama version is 0.12.3'\n",
      ],
    architecture: "x86_64")
}
