/// One spelling for each maker of processors.
enum VendorName {
  /// What names in the wild contain, in lower case, with the maker they mean; the first that matches wins.
  private static let signs: [(sign: [UInt8], vendor: String)] = [
    ("apple", "apple"), ("neural engine", "apple"), ("nvidia", "nvidia"), ("geforce", "nvidia"), ("rtx", "nvidia"),
    ("jetson", "nvidia"), ("orin", "nvidia"), ("qualcomm", "qualcomm"), ("adreno", "qualcomm"),
    ("hexagon", "qualcomm"), ("snapdragon", "qualcomm"), ("hailo", "hailo"), ("coral", "google"),
    ("edge tpu", "google"), ("google", "google"), ("mali", "arm"), ("immortalis", "arm"), ("ethos", "arm"),
    ("mediatek", "mediatek"), ("dimensity", "mediatek"), ("samsung", "samsung"), ("exynos", "samsung"),
    ("broadcom", "broadcom"), ("videocore", "broadcom"), ("rockchip", "rockchip"), ("rknpu", "rockchip"),
    ("verisilicon", "verisilicon"), ("huawei", "huawei"), ("ascend", "huawei"), ("nxp", "nxp"),
    ("moore threads", "mthreads"), ("intel", "intel"), ("arc ", "intel"), ("iris", "intel"), ("uhd", "intel"),
    ("amd", "amd"), ("radeon", "amd"), ("xdna", "amd"), ("arm", "arm"),
  ].map { (Array($0.0.utf8), $0.1) }

  /// The maker in lower case: from the name that is given, or else from the product's.
  static func normalized(_ name: String, product: String?) -> String {
    switch name {
    case "Intel", "intel", "GenuineIntel": return "intel"
    case "AMD", "amd", "AuthenticAMD": return "amd"
    case "Apple", "apple": return "apple"
    case "NVIDIA", "nvidia": return "nvidia"
    case "Qualcomm", "qualcomm": return "qualcomm"
    case "ARM", "Arm", "arm": return product.flatMap(found).map { $0 == "qualcomm" ? $0 : "arm" } ?? "arm"
    default: return found(in: name) ?? product.flatMap(found) ?? (name.isEmpty ? "unknown" : name.lowercased())
    }
  }

  private static func found(in text: String) -> String? {
    let bytes = Array(text.lowercased().utf8)
    return signs.first { contains(bytes, $0.sign) }?.vendor
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { start in
      text[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
