#!/usr/bin/env python3
"""Compares Edgewise's speed with llama.cpp's on the same files, in alternating runs of one sitting.

    python3 Tests/Benchmarks/llama_cpp.py [--llama-bench llama-bench] [--edgewise .build/release/edgewise]
        [--shape llama-1b] [--formats Q4_0,Q8_0] [--tests p512,p32,n128,n24@4096] [--threads 2] [--rounds 3]

Needs nothing but the standard library, a built llama-bench and a built edgewise, whose `synthesize` makes the files once in --models
(a temporary folder by default, removed afterwards). A test is p512 (a prompt of 512 tokens), n128 (128 tokens one by one) or n24@4096 (24 tokens after
4096). Tests at a depth run llama.cpp with flash attention off and on; the ratio is to the better one. Each test alternates
between the two programs --rounds times; printed are the medians, their spread, and the median and spread of the rounds' ratios.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

WANTED = {
    ("F16", "p512"): 1.0, ("F16", "p32"): 1.0, ("F16", "n128"): 1.15, ("BF16", "p512"): 1.0, ("BF16", "p32"): 1.0,
    ("BF16", "n128"): 1.15, ("Q8_0", "p512"): 2.2, ("Q8_0", "p32"): 2.0, ("Q8_0", "n128"): 1.25, ("Q4_0", "p512"): 2.8,
    ("Q4_0", "p32"): 2.5, ("Q4_0", "n128"): 1.35, ("Q4_K_M", "p512"): 2.3, ("Q4_K_M", "p32"): 2.0,
    ("Q4_K_M", "n128"): 1.35, ("Q6_K", "p512"): 2.0, ("Q6_K", "p32"): 1.8, ("Q6_K", "n128"): 1.2,
    ("Q5_K_M", "p512"): 2.0, ("Q5_K_M", "p32"): 1.8, ("Q5_K_M", "n128"): 1.2,
}


# Name: (model of the catalogue, options of `edgewise synthesize`).
SHAPES = {
    "llama-1b": ("llama-3.2-1b", []), "llama-3b": ("llama-3.2-3b", []), "qwen-0.5b": ("qwen2.5-0.5b", []),
    # 4 of its 48 layers.
    "qwen-moe": ("qwen3-30b-a3b", ["--layers", "4"]),
}
FORMATS = ("F16", "BF16", "Q8_0", "Q4_0", "Q4_K_M", "Q5_K_M", "Q6_K")


def make_model(options, path, file_type):
    """Writes the shape in `file_type` to `path`."""
    model, more = SHAPES[options.shape]
    command = [options.edgewise, "synthesize", model, "--format", file_type, "--output", str(path), "--quiet", *more]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-400:]}")


class Test:
    def __init__(self, text):
        self.text = text
        self.kind = text[0]
        count, _, depth = text[1:].partition("@")
        self.tokens, self.depth = int(count), int(depth or 0)
        if self.kind not in "pn" or self.tokens < 1:
            raise argparse.ArgumentTypeError(f"{text!r}: expected p512, n128 or n24@4096")


def llama_bench(options, path, test, flash):
    """Tokens a second of llama.cpp, with flash attention off (0) or on (1), or as it is by default (None)."""
    command = [options.llama_bench, "-m", str(path), "-t", str(options.threads), "-r", "1", "-o", "json",
               "-p", str(test.tokens if test.kind == "p" else 0), "-n", str(test.tokens if test.kind == "n" else 0)]
    if test.depth:
        command += ["-d", str(test.depth)]
    if flash is not None:
        command += ["-fa", str(flash)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-400:]}")
    return json.loads(done.stdout)[0]["avg_ts"]


def edgewise(options, path, test):
    """Tokens a second of Edgewise, and the part of the read bandwidth measured in the same run for decoding."""
    params = {"model": str(path), "promptTokens": test.tokens if test.kind == "p" else 0,
              "generateTokens": test.tokens if test.kind == "n" else 0, "depthTokens": test.depth,
              "threads": options.threads, "timeLimitSeconds": options.seconds, "targetSpreadFraction": 0,
              "maximumRepetitions": 8}
    done = subprocess.run([options.edgewise, "call", "benchmark/run", json.dumps(params)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{options.edgewise} ended with {done.returncode}: {done.stderr[-400:]}")
    report = json.loads(done.stdout)
    part = report["prefill" if test.kind == "p" else "decode"]
    return part["tokensPerSecond"]["value"], part.get("bandwidthCeilingFraction"), report["loadSeconds"]


def spread(values, digits=1):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def compare(options, path, file_type, test):
    ours, shares, theirs, ratios = [], [], [], []
    for _ in range(options.rounds):
        flashes = (0, 1) if test.depth else (None,)
        theirs.append(max(llama_bench(options, path, test, flash) for flash in flashes))
        rate, share, load = edgewise(options, path, test)
        ours.append(rate)
        ratios.append(rate / theirs[-1])
        if share is not None:
            shares.append(100 * share)
    wanted = WANTED.get((file_type, test.text)) if options.shape == "llama-1b" else None
    print(f"| {file_type:6} | {test.text:9} | {spread(ours):22} | {spread(theirs):22} | {spread(ratios, 2):18} | "
          f"{wanted or '':6} | {spread(shares, 0) if shares else '':14} | {load:5.2f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llama-bench", default=shutil.which("llama-bench") or "llama-bench")
    parser.add_argument("--edgewise", default=".build/release/edgewise")
    parser.add_argument("--models", type=pathlib.Path)
    parser.add_argument("--shape", default="llama-1b", choices=sorted(SHAPES))
    parser.add_argument("--formats", default="F16,BF16,Q8_0,Q4_0,Q4_K_M,Q5_K_M,Q6_K")
    parser.add_argument("--tests", default="p512,p32,n128", type=lambda text: [Test(part) for part in text.split(",")])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="measuring time of one Edgewise run")
    options = parser.parse_args()
    for program in (options.llama_bench, options.edgewise):
        if not shutil.which(program):
            sys.exit(f"{program}: no such program; name it with --llama-bench or --edgewise")
    unknown = set(options.formats.split(",")) - set(FORMATS)
    if unknown:
        sys.exit(f"formats {sorted(unknown)}: expected some of {', '.join(FORMATS)}")
    print(f"{options.shape}, {options.threads} threads, {options.rounds} rounds; tokens a second as median (least-most)\n")
    print("| format | test      | Edgewise               | llama.cpp              | ratio              | wanted | "
          "% of bandwidth | load s |")
    print("|" + "---|" * 8)
    with tempfile.TemporaryDirectory() as folder:
        models = options.models or pathlib.Path(folder)
        models.mkdir(parents=True, exist_ok=True)
        for file_type in options.formats.split(","):
            path = models / f"{options.shape}-{file_type}.gguf"
            if not path.exists():
                make_model(options, path, file_type)
            for test in options.tests:
                compare(options, path, file_type, test)
            if not options.models:
                path.unlink()


if __name__ == "__main__":
    main()
