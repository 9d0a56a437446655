/// The scripts that Pythons are given with `-c`.
enum PythonScript {
  /// The status with which `search` ends when a module is missing.
  static let missingStatus: Int32 = 9

  /// Ends with `missingStatus` and the name on standard error when one of the arguments is no module.
  static let search = """
    import sys
    sys.path[:] = [place for place in sys.path if place]
    import importlib.util
    for name in sys.argv[1:]:
        if importlib.util.find_spec(name) is None:
            sys.stderr.write(name)
            sys.exit(\(missingStatus))
    """

  /// The whole script of an engine whose part defines `load(folder, threads)`, which returns a model;
  /// `run(model, tokens, steps)`, which passes a prompt of tokens and decodes `steps` more after the first, and returns the seconds
  /// of both; and `build()`, which names the build.
  ///
  /// It prints one JSON object; `PythonMeasurement` reads it. Prompts and generations are cut to what takes some seconds.
  static func text(_ engine: String) -> String {
    """
    import sys
    # What lies in the working directory is not what is measured.
    sys.path[:] = [place for place in sys.path if place]
    import json, os, time
    # Engines print what they like; the answer goes where standard output was.
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    folder = sys.argv[1]
    threads, prompt, generate, vocabulary = map(int, sys.argv[2:])

    \(engine)

    model = load(folder, threads)
    turn = 0


    def timed(count, steps):
        # Another prompt each time, because engines keep those that they have seen.
        global turn
        turn += 1
        return run(model, [(13 * turn + 31 * index) % (vocabulary - 2) + 1 for index in range(count)], steps)


    start = time.monotonic()
    first = timed(1, 1)
    count = max(2, min(32, prompt, int(2 / first[0])))
    steps = 2
    pairs = [timed(count, steps)]
    # What took seconds is an answer; what did not gets a longer prompt and repetitions.
    if sum(pairs[0]) < 5:
        short, pairs = pairs[0], []
        count, steps = (max(count, min(prompt, int(4 * count / short[0]))),
                        max(steps, min(generate, int(3 * steps / short[1]))))
        while len(pairs) < 4 and not (pairs and time.monotonic() - start > 15):
            pairs.append(timed(count, steps))
        # The first warms up what depends on the length.
        pairs = pairs[1:] or pairs
    json.dump({"build": build(), "promptTokens": count, "generatedTokens": steps,
               "prefillSeconds": [pair[0] for pair in pairs], "decodeSeconds": [pair[1] for pair in pairs]}, answer)
    answer.flush()
    # What engines do when they are taken down is no part of the measurement.
    os._exit(0)
    """
  }
}
