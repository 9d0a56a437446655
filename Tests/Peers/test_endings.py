"""How the built binary ends: with its input, with its client, by a signal; never with anything left running."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from conftest import PROGRAM, Client, pipe, start_benchmark, wait_for_state

# A client that starts a benchmark, says the server's number once it measures, and waits to be killed.
DOOMED = """
import json, subprocess, sys, time
server = subprocess.Popen([sys.argv[1], "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
request = {"jsonrpc": "2.0", "id": 1, "method": sys.argv[2], "params": json.loads(sys.argv[3])}
server.stdin.write(json.dumps(request).encode() + b"\\n")
server.stdin.flush()
for line in server.stdout:
    message = json.loads(line)
    if message.get("params", {}).get("phase") in ("prefill", "decode"):
        break
print(server.pid, flush=True)
time.sleep(600)
"""
LONG = {"model": "smollm2-135m", "quantization": "Q4_0", "promptTokens": 32, "generateTokens": 32,
        "timeLimitSeconds": 3600, "maximumRepetitions": 10000, "targetSpreadFraction": 0, "progressToken": 1}


def is_running(number):
    try:
        with open(f"/proc/{number}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("method", ["benchmark/start", "benchmark/run"])
def test_the_server_of_a_killed_client_is_gone_within_a_second(method):
    client = subprocess.Popen([sys.executable, "-c", DOOMED, PROGRAM, method, json.dumps(LONG)], stdout=subprocess.PIPE)
    server = int(client.stdout.readline())
    assert is_running(server)
    client.kill()
    start = time.monotonic()
    client.wait()
    try:
        while is_running(server):
            assert time.monotonic() - start < 2, "the server goes on running"
            time.sleep(0.01)
    finally:
        if is_running(server):
            os.kill(server, signal.SIGKILL)
        client.stdout.close()


@pytest.mark.parametrize("closed", ["both", "output"])
def test_a_client_that_stops_listening_ends_the_server(closed):
    client = Client()
    start_benchmark(client, progressToken=1)
    client.wait_for_progress(1, lambda progress: progress["phase"] in ("prefill", "decode"))
    start = time.monotonic()
    if closed == "both":
        client.process.stdin.close()
    # Another thread blocks in a read of the object, so its descriptor is closed below it once it has read something.
    os.dup2(os.open(os.devnull, os.O_RDONLY), client.process.stdout.fileno())
    client.process.wait(timeout=10)
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_nothing_running(number):
    client = Client(start_new_session=True)
    start_benchmark(client, progressToken=1)
    client.wait_for_progress(1, lambda progress: progress["phase"] in ("prefill", "decode"))
    start = time.monotonic()
    client.process.send_signal(number)
    client.process.wait(timeout=10)
    assert time.monotonic() - start < 1
    with pytest.raises(ProcessLookupError):
        os.killpg(client.process.pid, 0)


def test_the_end_of_the_input_lets_requests_finish_and_ends_jobs():
    requests = [
        {"jsonrpc": "2.0", "id": 1, "method": "benchmark/run", "params": {
            "model": "smollm2-135m", "quantization": "Q4_0", "promptTokens": 16, "generateTokens": 8,
            "timeLimitSeconds": 1}},
        {"jsonrpc": "2.0", "id": 2, "method": "model/inspect", "params": {"model": "llama-3.2-1b"}},
        {"jsonrpc": "2.0", "id": 3, "method": "benchmark/start", "params": LONG},
    ]
    output, status = pipe("".join(json.dumps(request) + "\n" for request in requests))
    replies = [json.loads(line) for line in output.splitlines()]
    assert status == 0
    assert {reply["id"] for reply in replies if "id" in reply} == {1, 2, 3}
    assert all("result" in reply for reply in replies if "id" in reply)


def test_an_empty_input_ends_the_server_well():
    assert pipe("") == (b"", 0)
    assert pipe("\n\n  \n") == (b"", 0)


def test_a_reader_that_takes_only_the_first_line_ends_the_server():
    server = subprocess.Popen([PROGRAM, "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    line = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "rpc.discover"}).encode() + b"\n"
    server.stdin.write(line)
    server.stdin.flush()
    assert server.stdout.read(10)
    server.stdout.close()
    start = time.monotonic()
    try:
        while server.poll() is None and time.monotonic() - start < 5:
            try:
                server.stdin.write(line)
                server.stdin.flush()
            except BrokenPipeError:
                break
        server.wait(timeout=5)
    finally:
        server.kill()
        server.stdin.close = lambda: None
    assert time.monotonic() - start < 5
