#!/usr/bin/env python3
"""Checks predicted speeds against measured ones: Edgewise's own engine, and llama.cpp without and with calibration.

    python3 Tests/Benchmarks/prediction.py [--llama-bench llama-bench] [--edgewise .build/release/edgewise]
        [--shapes 135m,0.5b,1b,moe,3b] [--formats F16,Q8_0,Q4_0,Q4_K_M,Q6_K] [--threads 1,2] [--refresh] [--output results.json] [--resume]

Needs nothing but the standard library, a built edgewise and, for the second part, a built llama-bench. The machine is measured
anew and the engine calibrated first, unless told otherwise. Then for each shape and format a synthetic file is made (in --models, a
temporary folder by default; removed after its runs), its decode and prefill are predicted, and only then it is run. Printed are
the ratio of predicted to measured for each, and at the end the medians, the worst, and how many measured values lie inside the
80 % interval. A machine whose speed drifts makes good predictions look bad: with --refresh it is measured again before each file, so
that only minutes lie between profile and run. Each run is repeated right away, and how far it then lies from itself is printed too:
no prediction can be nearer than that. With --output every prediction and measurement is kept, and --resume goes on where such a file ends.
"""

import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

# Shapes of 0.1 to 3 billion parameters, as arguments of `edgewise synthesize`; of the mixture a token uses 4 of 32 experts.
SHAPES = {
    "135m": ["smollm2-135m"],
    "0.5b": ["qwen2.5-0.5b"],
    "1b": ["llama-3.2-1b"],
    "moe": ["--shape", "architecture=qwen3moe,layers=16,hiddenSize=1024,feedForwardSize=3072,heads=16,kvHeads=4,headSize=128,"
            "vocabularySize=65536,experts=32,expertsUsed=4,expertFeedForwardSize=512,ropeBase=1000000"],
    "3b": ["llama-3.2-3b"],
}
FORMATS = ["F16", "Q8_0", "Q4_0", "Q4_K_M", "Q6_K"]
WANTED = {"edgewise": (0.05, 0.12), "llama.cpp": (0.10, 0.20), "llama.cpp uncalibrated": (None, 0.30)}


def call(options, method, **params):
    done = subprocess.run([options.edgewise, "call", method, json.dumps(params)], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{method} {params} ended with {done.returncode}: {done.stderr[-600:]}")
    return json.loads(done.stdout)


def predict(options, path, engine, threads, calibrated=True):
    """The predicted rates of a prompt from an empty cache, and of a generation around the middle of its length."""
    common = dict(model=str(path), engine=engine, threads=threads, calibrated=calibrated)
    prompt = call(options, "model/speed", promptTokens=options.prompt, **common)
    token = call(options, "model/speed", promptTokens=1, depthTokens=options.generate // 2, **common)
    return {"prefill": prompt["prefillTokensPerSecond"], "decode": token["decodeTokensPerSecond"]}


def run_edgewise(options, path, threads):
    report = call(options, "benchmark/run", model=str(path), promptTokens=options.prompt, generateTokens=options.generate,
                  threads=threads, timeLimitSeconds=options.seconds, targetSpreadFraction=0.01, maximumRepetitions=8)
    return {name: report[name]["tokensPerSecond"]["value"] for name in ("prefill", "decode")}


def run_llama(options, path, threads):
    command = [options.llama_bench, "-m", str(path), "-t", str(threads), "-r", str(options.repetitions), "-o", "json",
               "-ngl", "0", "-p", str(options.prompt), "-n", str(options.generate)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-600:]}")
    return {"prefill" if entry["n_prompt"] else "decode": statistics.median(entry["samples_ts"])
            for entry in json.loads(done.stdout)}


def record(results, key, engine, predicted, measured, again):
    for part in ("decode", "prefill"):
        quantity, actual = predicted[part], measured[part]
        row = {"key": key, "engine": engine, "part": part, "predicted": quantity["value"], "low": quantity["low"],
               "high": quantity["high"], "measured": actual, "again": again[part], "ratio": quantity["value"] / actual,
               "inside": quantity["low"] <= actual <= quantity["high"]}
        results.append(row)
        shape, file_type, threads = key.split("/")
        print(f"| {shape:5} | {file_type:6} | {threads:7} | {engine:22} | {part:7} | {quantity['value']:9.1f} | "
              f"{actual:9.1f} | {row['ratio']:5.2f} | {'yes' if row['inside'] else 'no':6} | {again[part] / actual:5.2f} |",
              flush=True)


def compare(options, results, shape, file_type, folder):
    keys = {threads: f"{shape}/{file_type}/{threads}" for threads in options.threads}
    done = {row["key"] for row in results}
    left = {threads: key for threads, key in keys.items() if key not in done}
    if not left:
        return
    path = folder / f"{shape}-{file_type}.gguf"
    if not path.exists():
        command = [options.edgewise, "synthesize", *SHAPES[shape], "--format", file_type, "--output", str(path), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-600:]}")
    if options.refresh:
        call(options, "hardware/assess", measure=True, refresh=True)
    for threads, key in left.items():
        fresh = []
        predicted = {"edgewise": predict(options, path, "edgewise", threads)}
        if options.llama_bench:
            predicted["llama.cpp"] = predict(options, path, "llama.cpp", threads)
            predicted["llama.cpp uncalibrated"] = predict(options, path, "llama.cpp", threads, calibrated=False)
        record(fresh, key, "edgewise", predicted["edgewise"], run_edgewise(options, path, threads),
               run_edgewise(options, path, threads))
        if options.llama_bench:
            measured, again = run_llama(options, path, threads), run_llama(options, path, threads)
            for name in ("llama.cpp", "llama.cpp uncalibrated"):
                record(fresh, key, name, predicted[name], measured, again)
        results += fresh
        save(options, results)
    if not options.models:
        path.unlink()


def save(options, results):
    if options.output:
        options.output.write_text(json.dumps({"rows": results}, indent=1) + "\n")


def distance(one, other):
    """How much the larger is more than the smaller, as a fraction."""
    return max(one / other, other / one) - 1


def summarize(results):
    print("\n| engine                 | part    | runs | median off | worst off | inside 80 % | wanted                 | "
          "repeated runs: median, worst |")
    print("|" + "---|" * 8)
    for engine in WANTED:
        for part in ("decode", "prefill", "both"):
            rows = [row for row in results if row["engine"] == engine and part in (row["part"], "both")]
            if not rows:
                continue
            off = [distance(row["predicted"], row["measured"]) for row in rows]
            apart = [distance(row["again"], row["measured"]) for row in rows]
            inside = sum(row["inside"] for row in rows) / len(rows)
            median, worst = WANTED[engine]
            wanted = (f"{median:.0%} median, " if median else "") + f"{worst:.0%} worst"
            print(f"| {engine:22} | {part:7} | {len(rows):4} | {statistics.median(off):10.1%} | {max(off):9.1%} | "
                  f"{inside:11.0%} | {wanted:22} | {statistics.median(apart):.1%}, {max(apart):.1%} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llama-bench", default=shutil.which("llama-bench"))
    parser.add_argument("--edgewise", default=".build/release/edgewise")
    parser.add_argument("--models", type=pathlib.Path, help="keep the files here")
    parser.add_argument("--shapes", default=",".join(SHAPES), type=lambda text: text.split(","))
    parser.add_argument("--formats", default=",".join(FORMATS), type=lambda text: text.split(","))
    parser.add_argument("--threads", default="1,2", type=lambda text: [int(part) for part in text.split(",")])
    parser.add_argument("--prompt", type=int, default=128)
    parser.add_argument("--generate", type=int, default=48)
    parser.add_argument("--seconds", type=float, default=6, help="measuring time of one Edgewise run")
    parser.add_argument("--repetitions", type=int, default=3, help="repetitions of one llama-bench run")
    parser.add_argument("--refresh", action="store_true", help="measure the machine before each file, about 10 s")
    parser.add_argument("--no-assess", action="store_true", help="take the kept profile as it is")
    parser.add_argument("--no-calibrate", action="store_true", help="take the kept calibration as it is")
    parser.add_argument("--output", type=pathlib.Path, help="write every figure to this JSON file")
    parser.add_argument("--resume", action="store_true", help="leave out what --output has already")
    options = parser.parse_args()
    for name, known in (("shapes", SHAPES), ("formats", FORMATS)):
        unknown = set(getattr(options, name)) - set(known)
        if unknown:
            sys.exit(f"{name} {sorted(unknown)}: expected some of {', '.join(known)}")
    results = []
    if options.resume and options.output and options.output.exists():
        results = json.loads(options.output.read_text())["rows"]
    begin = time.time()
    if not options.no_assess:
        profile = call(options, "hardware/assess", measure=True, refresh=True)
        print(f"measured {profile['machine']['name']} in {profile['measurement']['elapsedSeconds']:.1f} s")
    if options.llama_bench and not options.no_calibrate:
        report = call(options, "calibrate/engine", engine="llama.cpp", program=options.llama_bench)
        print(f"calibrated llama.cpp {report['calibration']['build']} in {report['elapsedSeconds']:.0f} s")
    print(f"a prompt of {options.prompt} tokens and {options.generate} tokens after it; tokens a second\n")
    print("| shape | format | threads | engine                 | part    | predicted | measured  | ratio | inside | again |")
    print("|" + "---|" * 10)
    with tempfile.TemporaryDirectory() as folder:
        models = options.models or pathlib.Path(folder)
        models.mkdir(parents=True, exist_ok=True)
        for shape in options.shapes:
            for file_type in options.formats:
                compare(options, results, shape, file_type, models)
    summarize(results)
    print(f"\ntook {time.time() - begin:.0f} s")


if __name__ == "__main__":
    main()
