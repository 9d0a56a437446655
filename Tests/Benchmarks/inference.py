#!/usr/bin/env python3
"""Measures decoding and prefill of a 1-billion-parameter shape in each format, in turn, against the machine's ceilings.

    python3 Tests/Benchmarks/inference.py [--edgewise .build/release/edgewise] [--threads N] [--rounds N]

Needs nothing but the standard library. The formats alternate, so that a machine whose speed drifts treats all alike.
"""

import argparse
import json
import statistics
import subprocess

FORMATS = ["Q4_0", "Q8_0", "Q4_K_M", "Q6_K", "F16"]


def measure(options, quantization):
    params = {"model": options.model, "quantization": quantization, "promptTokens": options.prompt,
              "generateTokens": options.generate, "timeLimitSeconds": options.seconds}
    if options.threads:
        params["threads"] = options.threads
    done = subprocess.run([options.edgewise, "call", "benchmark/run", json.dumps(params)], capture_output=True, check=True)
    return json.loads(done.stdout)


def middle(values):
    return f"{statistics.median(values):8.1f} ({min(values):.1f} to {max(values):.1f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--edgewise", default=".build/release/edgewise")
    parser.add_argument("--model", default="llama-3.2-1b")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--prompt", type=int, default=256)
    parser.add_argument("--generate", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    reports = {name: [] for name in FORMATS}
    for _ in range(options.rounds):
        for name in FORMATS:
            reports[name].append(measure(options, name))
    first = reports[FORMATS[0]][0]
    print(f"{options.model}, {first['threads']} threads, tier {first['kernelTier']}, {first['environment'].get('cpuModel')}")
    for name in FORMATS:
        runs = reports[name]
        decode = [run["decode"]["tokensPerSecond"]["value"] for run in runs]
        share = [100 * run["decode"]["bandwidthCeilingFraction"] for run in runs]
        prefill = [run["prefill"]["tokensPerSecond"]["value"] for run in runs]
        print(f"{name:7} decode {middle(decode)} tok/s, {middle(share)} % of read bandwidth; "
              f"prefill {middle(prefill)} tok/s")
    bandwidth = [run["ceilings"]["readBandwidthBytesPerSecond"]["value"] / 1e9 for runs in reports.values() for run in runs]
    print(f"read bandwidth {middle(bandwidth)} GB/s")
    signs = sorted({sign for runs in reports.values() for run in runs for sign in run["warnings"]})
    for sign in signs:
        print("note:", sign)


if __name__ == "__main__":
    main()
