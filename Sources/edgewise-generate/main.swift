import Service

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Writes the generated files below the current folder; with --check says which are stale and changes nothing.
let isCheck = CommandLine.arguments.dropFirst().contains("--check")
let files = try await GeneratedFiles.all()
var stale: [String] = []
for (path, text) in files.sorted(by: { $0.key < $1.key }) {
  if GeneratedTree.read(path) == text { continue }
  stale.append(path)
  if !isCheck { try GeneratedTree.write(path, text) }
}
let orphans = GeneratedTree.names(in: "schemas").map { "schemas/" + $0 }.filter { files[$0] == nil }
for path in orphans where !isCheck { unlink(path) }
for path in stale + orphans { GeneratedTree.say((isCheck ? "stale: " : "wrote: ") + path) }
exit(isCheck && !(stale + orphans).isEmpty ? 1 : 0)
