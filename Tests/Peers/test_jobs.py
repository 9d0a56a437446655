"""Measurements through the built binary: one at a time, watched, cancelled, and gone when they are cancelled."""

import time

import pytest

from conftest import ENDLESS, refused, start_benchmark, wait_for_state

# The promise is 100 ms on a quiet machine; test machines are shared.
SOON = 1.0


def test_a_running_job_is_cancelled_at_once(client):
    job = start_benchmark(client)
    wait_for_state(client, job, {"running"})
    start = time.monotonic()
    client.call("benchmark/cancel", {"job": job})
    status = wait_for_state(client, job, {"cancelled"})
    assert time.monotonic() - start < SOON
    assert status["fraction"] < 1 and status["finishedAt"] >= status["startedAt"] >= status["createdAt"]


@pytest.mark.parametrize("phase", ["load", "ceilings", "cache", "prefill", "decode"])
def test_a_request_is_cancelled_in_every_phase_of_its_run(client, phase):
    number = client.send("benchmark/run", {
        **ENDLESS, "depthTokens": 4096 if phase == "cache" else 0, "timeLimitSeconds": 4, "progressToken": phase})
    client.wait_for_progress(phase, lambda progress: progress["phase"] == phase)
    start = time.monotonic()
    client.cancel(number)
    refused(client.wait(number, timeout=20), "requestCancelled", "cancelled")
    assert time.monotonic() - start < SOON
    # The machine is free: the next measurement does not wait for the cancelled one to come to its own end.
    job = start_benchmark(client)
    wait_for_state(client, job, {"running"}, seconds=2)
    assert time.monotonic() - start < 2 * SOON
    client.call("benchmark/cancel", {"job": job})


def test_a_long_prefill_of_a_large_model_is_cancelled_within_its_first_pass(client):
    number = client.send("benchmark/run", {
        "model": "qwen2.5-7b", "quantization": "Q4_0", "promptTokens": 4096, "generateTokens": 0, "progressToken": 1,
        "workingSetBytes": 256 << 20})
    client.wait_for_progress(1, lambda progress: progress["phase"] == "prefill")
    time.sleep(0.2)
    start = time.monotonic()
    client.cancel(number)
    refused(client.wait(number, timeout=20), "requestCancelled")
    assert time.monotonic() - start < SOON
    job = start_benchmark(client)
    wait_for_state(client, job, {"running"}, seconds=2)
    client.call("benchmark/cancel", {"job": job})


@pytest.mark.parametrize("method,params", [
    ("hardware/assess", {"measure": True, "refresh": True, "timeBudgetSeconds": 600}),
    ("advice/recommend", {"model": "smollm2-135m", "budgetSeconds": 3600}),
])
def test_other_measuring_requests_are_cancelled_too(client, method, params):
    number = client.send(method, {**params, "progressToken": "t"})
    client.wait_for_progress("t")
    time.sleep(0.3)
    start = time.monotonic()
    client.cancel(number)
    refused(client.wait(number, timeout=20), "requestCancelled")
    assert time.monotonic() - start < SOON
    job = start_benchmark(client)
    wait_for_state(client, job, {"running"}, seconds=2)
    client.call("benchmark/cancel", {"job": job})


def test_a_waiting_request_is_cancelled_while_another_goes_on_measuring(client):
    job = start_benchmark(client)
    number = client.send("hardware/assess", {"measure": True})
    client.cancel(number)
    refused(client.wait(number, timeout=5), "requestCancelled")
    assert client.call("benchmark/status", {"job": job})["result"]["state"] == "running"
    client.call("benchmark/cancel", {"job": job})


def test_the_memory_and_the_threads_of_a_cancelled_benchmark_are_given_back(client):
    def run():
        job = start_benchmark(client, quantization="F16", model="smollm2-360m", threads=1)
        end = time.monotonic() + 60
        while client.resident_bytes() < 500 << 20:
            assert time.monotonic() < end, "the weights were never made"
            time.sleep(0.01)
        client.call("benchmark/cancel", {"job": job})
        wait_for_state(client, job, {"cancelled"})

    client.call("hardware/assess")
    before = client.resident_bytes()
    for _ in range(3):
        run()
    client.call("benchmark/list")
    end = time.monotonic() + 2
    while client.resident_bytes() > before + (64 << 20) and time.monotonic() < end:
        time.sleep(0.01)
    assert client.resident_bytes() <= before + (64 << 20)
    assert client.threads() < 24


def test_two_measurements_wait_for_each_other_and_say_so(client):
    first = start_benchmark(client)
    second = start_benchmark(client, progressToken="second")
    third = start_benchmark(client)
    wait_for_state(client, first, {"running"})
    for job, ahead in [(second, 1), (third, 2)]:
        status = client.call("benchmark/status", {"job": job})["result"]
        assert (status["state"], status["ahead"]) == ("queued", ahead)
    waiting = client.wait_for_progress("second")
    assert waiting["phase"] == "queued" and "1 measurement" in waiting["message"]
    client.call("benchmark/cancel", {"job": first})
    wait_for_state(client, second, {"running"})
    assert client.call("benchmark/status", {"job": third})["result"]["ahead"] == 1
    client.call("benchmark/cancel", {"job": third})
    client.call("benchmark/cancel", {"job": second})
    for job in (first, second, third):
        wait_for_state(client, job, {"cancelled"})
    assert [job["job"] for job in client.call("benchmark/list")["result"]["jobs"]] == [first, second, third]


def test_jobs_run_in_the_order_in_which_they_were_asked_for(client):
    params = {**ENDLESS, "timeLimitSeconds": 0.2, "promptTokens": 0, "generateTokens": 4, "maximumRepetitions": 1}
    jobs = [client.call("benchmark/start", params)["result"]["job"] for _ in range(3)]
    for job in jobs:
        wait_for_state(client, job, {"done"})
    ended = [client.call("benchmark/status", {"job": job})["result"] for job in jobs]
    assert [status["fraction"] for status in ended] == [1, 1, 1]
    starts = [client.call("benchmark/result", {"job": job})["result"]["startedAt"] for job in jobs]
    assert starts == sorted(starts)
    for earlier, later in zip(ended, ended[1:]):
        assert earlier["finishedAt"] <= later["startedAt"] <= later["finishedAt"]


@pytest.mark.parametrize("method,params", [
    ("benchmark/run", {"model": "smollm2-135m", "quantization": "Q8_0", "promptTokens": 16, "generateTokens": 16,
                       "timeLimitSeconds": 1}),
    ("hardware/assess", {"measure": True, "refresh": True, "timeBudgetSeconds": 0.5}),
    ("advice/recommend", {"model": "smollm2-135m", "budgetSeconds": 2}),
])
def test_progress_never_goes_back_and_ends_before_the_reply(client, method, params):
    reply = client.call(method, {**params, "progressToken": "p"}, timeout=120)
    assert "result" in reply, reply
    seen = [n for n in client.notifications if n["method"] == "$/progress"]
    fractions = [notification["params"]["fraction"] for notification in seen]
    assert len(fractions) >= 3 and fractions == sorted(fractions)
    assert 0 <= fractions[0] and fractions[-1] <= 1
    assert {notification["params"]["token"] for notification in seen} == {"p"}
    assert all(notification["params"]["phase"] for notification in seen)
    assert seen[-1]["arrivedAt"] <= reply["arrivedAt"]
    client.call("benchmark/list")
    assert len([n for n in client.notifications if n["method"] == "$/progress"]) == len(seen)


def test_small_requests_are_answered_while_a_benchmark_runs(client):
    job = start_benchmark(client)
    wait_for_state(client, job, {"running"})
    times = []
    for _ in range(100):
        start = time.monotonic()
        client.call("framework/select", {"machine": "rpi5"})
        times.append(time.monotonic() - start)
    assert sorted(times)[50] < 0.1
    assert client.call("benchmark/status", {"job": job})["result"]["state"] == "running"
    client.call("benchmark/cancel", {"job": job})
