#!/usr/bin/env python3
"""Measures the service itself: cold start, idle memory, requests a second, and latency, idle and during a benchmark.

    python3 Tests/Benchmarks/service.py [--edgewise .build/release/edgewise] [--json]

Needs nothing but the standard library. Figures are medians over repetitions, with the smallest and largest beside them.
"""

import argparse
import json
import os
import statistics
import subprocess
import threading
import time

MACHINE = {"cpuVendor": "Intel", "architecture": "x86_64", "operatingSystem": "linux", "memoryBytes": 16 << 30,
           "physicalCores": 8, "accelerators": []}


def request(number, method, params=None):
    message = {"jsonrpc": "2.0", "id": number, "method": method}
    if params is not None:
        message["params"] = params
    return (json.dumps(message) + "\n").encode()


class Server:
    def __init__(self, program):
        self.process = subprocess.Popen([program, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)

    def call(self, number, method, params=None):
        self.process.stdin.write(request(number, method, params))
        self.process.stdin.flush()
        while True:
            reply = json.loads(self.process.stdout.readline())
            if reply.get("id") == number:
                return reply

    def resident_bytes(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) * 1024

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()


def cold_start(program):
    start = time.perf_counter()
    server = Server(program)
    reply = server.call(1, "hardware/assess")
    elapsed = time.perf_counter() - start
    assert "result" in reply, reply
    server.close()
    return elapsed


def throughput(program, count):
    server = Server(program)
    server.call(0, "framework/select", {"machine": MACHINE})
    blob = b"".join(request(i, "framework/select", {"machine": dict(MACHINE, memoryBytes=(8 << 30) + (i % 64 << 24))})
                    for i in range(1, count + 1))

    def feed():
        server.process.stdin.write(blob)
        server.process.stdin.flush()

    writer = threading.Thread(target=feed)
    start = time.perf_counter()
    writer.start()
    seen, descriptor, size = 0, server.process.stdout.fileno(), 0
    while seen < count:
        chunk = os.read(descriptor, 1 << 20)
        assert chunk, "the server ended early"
        seen += chunk.count(b"\n")
        size += len(chunk)
    elapsed = time.perf_counter() - start
    writer.join()
    server.close()
    return count / elapsed, size / count


def latencies(program, count, pause, benchmark):
    server = Server(program)
    if benchmark:
        reply = server.call(0, "benchmark/start", {
            "model": "llama-3.2-1b", "quantization": "Q4_0", "threads": 1, "promptTokens": 64, "generateTokens": 64,
            "timeLimitSeconds": 60, "targetSpreadFraction": 0, "maximumRepetitions": 1000})
        assert "result" in reply, reply
        time.sleep(3)
    samples = []
    for number in range(1, count + 1):
        start = time.perf_counter()
        server.call(number, "framework/select", {"machine": MACHINE})
        samples.append(time.perf_counter() - start)
        time.sleep(pause)
    if benchmark:
        state = server.call(count + 1, "benchmark/status", {"job": reply["result"]["job"]})["result"]["state"]
        assert state == "running", f"the benchmark was {state}: the latencies are not those beside a running one"
        server.call(count + 2, "benchmark/cancel", {"job": reply["result"]["job"]})
    server.close()
    samples.sort()
    return samples


def spread(values, unit, scale=1.0, digits=1):
    values = sorted(value * scale for value in values)
    middle = statistics.median(values)
    return f"{middle:.{digits}f} {unit} ({values[0]:.{digits}f} to {values[-1]:.{digits}f}, {len(values)} runs)"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--edgewise", default=".build/release/edgewise")
    parser.add_argument("--json", action="store_true", help="print the raw figures as JSON")
    options = parser.parse_args()
    program = options.edgewise
    cold_start(program)
    starts = [cold_start(program) for _ in range(15)]
    idle = Server(program)
    idle.call(1, "hardware/assess")
    time.sleep(0.5)
    resident = idle.resident_bytes()
    idle.close()
    rates, sizes = zip(*[throughput(program, 40_000) for _ in range(5)])
    quiet = latencies(program, 1000, 0.002, False)
    busy = latencies(program, 1000, 0.002, True)
    figures = {
        "coldStartSeconds": starts, "idleResidentBytes": resident, "requestsPerSecond": rates,
        "replyBytes": sizes[0], "latencySeconds": quiet, "latencyDuringBenchmarkSeconds": busy,
    }
    if options.json:
        print(json.dumps(figures))
        return
    print("cold start to the first hardware/assess:", spread(starts, "ms", 1e3))
    print(f"idle resident memory: {resident / 2**20:.1f} MiB")
    print("framework/select through one pipe:", spread(rates, "requests/s", 1, 0), f"of {sizes[0]:.0f} bytes each")
    for name, samples in [("low load", quiet), ("while a benchmark runs", busy)]:
        print(f"latency at {name}: p50 {samples[len(samples) // 2] * 1e3:.2f} ms, "
              f"p99 {samples[len(samples) * 99 // 100] * 1e3:.2f} ms, max {samples[-1] * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
