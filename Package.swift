// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// `JSON.Object` is an ordered dictionary; whoever walks through one imports this.
let orderedCollections: Target.Dependency = .product(name: "OrderedCollections", package: "swift-collections")

/// A library target: imports only from the floors below it (`Sources/README.md` has the table, a test holds it).
func house(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swift)
}

/// The tests of one target; `TestSupport` has the fixtures and writers that they share.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: swift)
}

let package = Package(
  name: "edgewise",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "edgewise", targets: ["edgewise"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    // Without its traits it needs no more than FoundationEssentials.
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0", traits: []),
  ],
  targets: [
    // C
    .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"]), .brew(["jansson"])]),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]),
    .target(name: "CFacts"),
    .target(name: "CInputOutput"),

    // Foundations
    house("JSON", ["CJansson", orderedCollections]),
    house("JSONRPC", ["JSON", "CInputOutput", orderedCollections]),
    house("TensorFormats"),
    house("Evidence", ["JSON"]),

    // Machine
    house("Kernels", ["CKernels", "TensorFormats"]),
    house(
      "ModelFiles", ["JSON", "TensorFormats", "CExpat", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["ONNX/Schema/ONNXModel.proto", "ONNX/Schema/ONNXValue.proto"]),
    house("Hardware", ["Kernels", "JSON", "Evidence"]),

    // Domains
    house("Quantization", ["TensorFormats", "Kernels"]),
    house("Inference", ["ModelFiles", "TensorFormats", "Kernels"]),
    house("Tokenization", ["ModelFiles"]),
    house("Blueprints", ["ModelFiles", "TensorFormats", "JSON", orderedCollections]),
    house("Knowledge", ["JSON", "TensorFormats", "Evidence", "CFacts"], exclude: ["Facts"]),
    house("Benchmarking", ["Hardware", "Kernels", "Evidence"]),

    // Answers
    house(
      "Advisor",
      [
        "Inference", "Tokenization", "Blueprints", "Quantization", "Knowledge", "Benchmarking", "ModelFiles", "Kernels",
        "Hardware", "JSON", "TensorFormats", "Evidence",
      ]),

    // Service
    house(
      "Service",
      [
        "Advisor", "JSON", "Evidence", "Kernels", "Hardware", "Knowledge", "Benchmarking",
        orderedCollections,
      ]),

    // Facades
    house("PlainServer", ["Service", "Advisor", "JSONRPC", "JSON", orderedCollections]),

    // Executables
    .executableTarget(
      name: "edgewise",
      dependencies: [
        "PlainServer", "Service", "Advisor", "JSON",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "OrderedCollections", package: "swift-collections"),
      ], swiftSettings: swift),
    .executableTarget(
      name: "edgewise-generate", dependencies: ["Service"], swiftSettings: swift),

    // Tests
    .target(
      name: "TestSupport", dependencies: ["JSON", "JSONRPC", "TensorFormats", orderedCollections],
      path: "Tests/TestSupport", swiftSettings: swift),
    .target(
      name: "ServerSupport", dependencies: ["TestSupport", "PlainServer", "Service", "JSONRPC", "JSON"],
      path: "Tests/ServerSupport", swiftSettings: swift),
    tests("JSON", [orderedCollections]),
    tests("JSONRPC", ["JSON"]),
    tests("TensorFormats", []),
    tests("Kernels", ["TensorFormats", "Quantization"]),
    tests("ModelFiles", ["JSON", "TensorFormats"], exclude: ["Fixtures"]),
    tests("Hardware", ["JSON", "Kernels", "Evidence"]),
    tests("Quantization", ["TensorFormats", "Kernels"], exclude: ["Fixtures"]),
    tests("Inference", ["ModelFiles", "TensorFormats", "Kernels", "Quantization", "JSON"], exclude: ["Fixtures"]),
    tests("Tokenization", ["ModelFiles"], exclude: ["Fixtures"]),
    tests("Blueprints", ["ModelFiles", "TensorFormats", "JSON"]),
    tests("Knowledge", ["JSON", "Evidence"]),
    tests("Benchmarking", ["Kernels", "Evidence", "Hardware"]),
    tests(
      "Advisor",
      [
        "Knowledge", "Hardware", "ModelFiles", "Inference", "Tokenization", "Blueprints", "Kernels", "Benchmarking",
        "Evidence", "JSON", "TensorFormats",
      ], exclude: ["Fixtures"]),
    tests("Service", ["Advisor", "JSON", "Kernels", "PlainServer", "ServerSupport", orderedCollections]),
    tests("PlainServer", ["ServerSupport", "Service", "JSONRPC", "JSON", "Advisor", "Kernels"]),
    .testTarget(name: "CommandLineTests", dependencies: ["TestSupport", "JSON", "edgewise"], swiftSettings: swift),
    .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: swift),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)

// The fuzzers of the readers are built by `Tests/Fuzzing/run` alone, because libFuzzer brings its own main function.
if Context.environment["EDGEWISE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzzer", dependencies: ["ModelFiles", "JSON"], path: "Tests/Fuzzing/Harness",
      swiftSettings: swift + [.unsafeFlags(["-parse-as-library"])]))
}
