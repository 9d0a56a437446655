import JSON
import JSONRPC
import ServerSupport
import Service
import TestSupport
import Testing

@Suite("Every method")
struct EveryMethodTests {
  /// The methods that answer of jobs; the examples of the first three have none to name.
  private static let jobMethods: Set = [
    "benchmark/cancel", "benchmark/result", "benchmark/status", "benchmark/list", "benchmark/start",
  ]

  @Test("answers each of its examples through the server as the example shows, and within its schema")
  func examples() async throws {
    var answered = try await jobs()
    for method in MethodTable.all {
      for example in method.examples where try await answers(method, example) { answered.insert(method.name) }
    }
    answered.formUnion(try await tokenizers())
    answered.formUnion(try await synthesis())
    answered.formUnion(try await calibration())
    #expect(answered == Set(MethodTable.all.map(\.name)))
  }

  /// Encodes and decodes with a file of a few tokens, which the examples have none of.
  private func tokenizers() async throws -> Set<String> {
    let tree = try FileTree([:])
    try tree.write(GGUFWriter.small.bytes(), to: "small.gguf")
    let model = JSON.string(tree.path + "/small.gguf")
    return try await withServer { client in
      let encoded = try await client.call("tokenizer/encode", ["model": model, "texts": ["abba", ""]]).get()
      #expect(encoded["tokens"] == [[2, 1, 0], []])
      let decoded = try await client.call("tokenizer/decode", ["model": model, "tokens": [[2, 1, 0]]]).get()
      #expect(decoded["texts"] == ["abba"] && decoded["repaired"] == [])
      return ["tokenizer/encode", "tokenizer/decode"]
    }
  }

  /// Makes up a file in a folder of its own, as the examples may write nowhere.
  private func synthesis() async throws -> Set<String> {
    let tree = try FileTree([:])
    let path = JSON.string(tree.path + "/tiny.gguf")
    let shape: JSON = [
      "architecture": "llama", "layers": 2, "hiddenSize": 64, "heads": 2, "vocabularySize": 100, "contextTokens": 128,
    ]
    return try await withServer { client in
      let params: JSON = ["shape": shape, "format": "Q8_0", "output": path]
      let written = try await client.call("model/synthesize", params).get()
      #expect(written["files"] == [path] && written["tensorCount"] == 20)
      let model = try await client.call("model/inspect", ["model": path]).get()
      #expect(model["model"]?["weightBytes"] == written["weightBytes"])
      let again = try await client.call("model/synthesize", params)
      #expect(throws: (any Error).self) { try again.get() }
      return ["model/synthesize"]
    }
  }

  /// Calibrates a program that prints what llama-bench would, against a profile of a moment, so that nothing is kept.
  private func calibration() async throws -> Set<String> {
    let tree = try FileTree([:])
    try tree.write(
      Array(
        """
        #!/bin/sh
        echo '[{"build_commit": "abc", "build_number": 7, "n_threads": 1, "n_prompt": 256, "n_gen": 0, "avg_ts": 900},
        {"build_commit": "abc", "build_number": 7, "n_threads": 1, "n_prompt": 0, "n_gen": 24, "avg_ts": 30,
        "samples_ts": [29, 30, 31]}]'
        """.utf8), to: "llama-bench")
    return try await withServer { client in
      let profile = try await client.call(
        "hardware/assess",
        ["measure": true, "formats": ["Q8_0", "F32"], "threads": 1, "timeBudgetSeconds": 0.1]
      ).get()
      let reply = try await client.call(
        "calibrate/engine",
        [
          "program": .string(tree.path + "/llama-bench"), "machine": profile, "formats": ["Q8_0"], "threads": [1],
        ]
      ).get()
      #expect(reply["calibration"]?["build"] == "b7 abc")
      #expect(reply["calibration"]?["factors"]?.array?.count == 1)
      let speed = try await client.call("model/speed", ["model": "smollm2-135m", "machine": profile]).get()
      #expect(speed["profile"]?["state"] == "given")
      return ["calibrate/engine"]
    }
  }

  /// Runs one example and says whether it was answered by a reply.
  private func answers(_ method: AnyMethod, _ example: Example) async throws -> Bool {
    try await withServer { client in
      let outcome = try await client.call(method.name, example.params)
      switch (outcome, example.failure) {
      case (.success(let reply), nil):
        for (pointer, wanted) in example.shows {
          let found = reply.value(at: pointer)
          #expect(found == wanted, "\(method.name), \(example.name): \(pointer)")
        }
        return true
      case (.failure(let error), let name?):
        #expect(error.code == name.code, "\(method.name), \(example.name): \(error)")
        #expect(error.data?["name"] == .string(name.rawValue), "\(method.name), \(example.name)")
        #expect(example.shows.isEmpty, "\(method.name), \(example.name): a failure shows no reply")
      default: Issue.record("\(method.name), \(example.name): \(outcome)")
      }
      return false
    }
  }

  /// Starts jobs, watches, reads, lists and cancels them, and returns the methods that answered.
  private func jobs() async throws -> Set<String> {
    let short: JSON = [
      "model": "smollm2-135m", "quantization": "Q4_0", "promptTokens": 0, "generateTokens": 1,
      "maximumRepetitions": 1, "timeLimitSeconds": 0.1,
    ]
    let endless: JSON = [
      "model": "smollm2-135m", "quantization": "Q4_0", "maximumRepetitions": 10_000, "timeLimitSeconds": 86_400,
      "targetSpreadFraction": 0,
    ]
    try await withServer { client in
      let first = try await client.call("benchmark/start", endless).get()
      let second = try await client.call("benchmark/start", short).get()
      let third = try await client.call("benchmark/start", short).get()
      #expect(second["state"] == "queued" && second["ahead"] == 1)
      #expect(third["ahead"] == 2)
      // A job that waits is over at once; one that runs ends soon.
      let cancelled = try await client.call("benchmark/cancel", ["job": third["job"] ?? nil]).get()
      #expect(cancelled["state"] == "cancelled")
      _ = try await client.call("benchmark/cancel", ["job": first["job"] ?? nil]).get()
      let job: JSON = ["job": second["job"] ?? nil]
      var status = try await client.call("benchmark/status", job).get()
      while status["state"] == "queued" || status["state"] == "running" {
        await Task.yield()
        status = try await client.call("benchmark/status", job).get()
      }
      #expect(status["state"] == "done")
      let result = try await client.call("benchmark/result", job).get()
      #expect(result["model"]?["name"] == "smollm2-135m")
      let list = try await client.call("benchmark/list").get()
      #expect(list["jobs"]?.array?.map { $0["state"] } == ["cancelled", "done", "cancelled"])
    }
    return Self.jobMethods
  }
}
