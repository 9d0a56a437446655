"""Everything that a caller can get wrong has an answer that says what was expected, what was found and what to do."""

import json
import os
import resource
import socket
import time

import pytest

from conftest import ENDLESS, Client, refused, start_benchmark, wait_for_state, without_override
from models import huge_llama, tiny_llama

MEASURING = ["benchmark/run", "benchmark/start"]
ADVISING = ["model/inspect", "advice/recommend", "framework/select", "quantization/advise"]


def call(client, method, model, **params):
    """Asks about a model; what would be measured is short, and what can be answered from facts is."""
    if method == "advice/recommend":
        params["quick"] = True
    return client.call(method, {"model": str(model), **params})


# ----------------------------------------------------------------------------------------------------------- the request

@pytest.mark.parametrize("method,hint", [
    ("benchmark/rum", "did you mean benchmark/run?"), ("Model/inspect", "did you mean model/inspect?"),
    ("recommend", "did you mean advice/recommend?"), ("xyzzy", "rpc.discover"), ("", "rpc.discover"), ("x" * 100_000, "rpc.discover"),
])
def test_an_unknown_method_is_answered_with_the_nearest_or_with_where_to_look(shared, method, hint):
    refused(shared.call(method), "methodNotFound", "there is no method", hint)


WRONG = [
    ("benchmark/run", {"model": 7}, "/model", "string"),
    ("benchmark/run", {"threads": "two"}, "/threads", "integer"),
    ("benchmark/run", {"threads": 1.5}, "/threads", "integer"),
    ("benchmark/run", {"threads": None}, "/threads", "null"),
    ("benchmark/run", {"threads": 0}, "/threads", "1"),
    ("benchmark/run", {"threads": -1}, "/threads", "-1"),
    ("benchmark/run", {"threads": 1_000_000}, "/threads", "1024"),
    ("benchmark/run", {"promptTokens": -1}, "/promptTokens", "0"),
    ("benchmark/run", {"promptTokens": 2 ** 62}, "/promptTokens", "1048576"),
    ("benchmark/run", {"generateTokens": -5}, "/generateTokens", "-5"),
    ("benchmark/run", {"depthTokens": 2 ** 63 - 1}, "/depthTokens", "1048576"),
    ("benchmark/run", {"timeLimitSeconds": 0}, "/timeLimitSeconds", "0"),
    ("benchmark/run", {"timeLimitSeconds": 1e300}, "/timeLimitSeconds", "86400"),
    ("benchmark/run", {"maximumRepetitions": 0}, "/maximumRepetitions", "1"),
    ("benchmark/run", {"targetSpreadFraction": 2}, "/targetSpreadFraction", "1"),
    ("benchmark/run", {"quantization": "Q9_Z"}, "/quantization", "Q4_K_M"),
    ("benchmark/run", {"workingSetBytes": 1}, "/workingSetBytes", "67108864"),
    ("benchmark/start", {"threads": 0}, "/threads", "1"),
    ("benchmark/start", {"promptTokens": True}, "/promptTokens", "found true"),
    ("benchmark/start", {"progressToken": 1.5}, "/progressToken", "string or an integer"),
    ("benchmark/status", {"job": 1}, "/job", "string"),
    ("benchmark/status", {}, "/job", "required"),
    ("model/inspect", {}, "/model", "required"),
    ("model/inspect", {"model": ["x"]}, "/model", "found [\"x\"]"),
    ("model/inspect", {"model": ""}, "/model", "1 to 4096 characters"),
    ("model/inspect", {"model": "llama-3.2-1b", "contextTokens": 0}, "/contextTokens", "1"),
    ("model/inspect", {"model": "llama-3.2-1b", "kvFormat": "q3"}, "/kvFormat", "q8_0"),
    ("model/inspect", {"model": "llama-3.2-1b", "include": ["tensor"]}, "/include/0", "tensors"),
    ("advice/recommend", {"model": {}}, "/model", "found {}"),
    ("advice/recommend", {"contextTokens": 0}, "/contextTokens", "1"),
    ("advice/recommend", {"contextTokens": 2 ** 62}, "/contextTokens", "1073741824"),
    ("advice/recommend", {"budgetSeconds": 0}, "/budgetSeconds", "1"),
    ("advice/recommend", {"budgetSeconds": 1e9}, "/budgetSeconds", "3600"),
    ("advice/recommend", {"priority": "cheapness"}, "/priority", "quality"),
    ("advice/recommend", {"memoryLimitBytes": -1}, "/memoryLimitBytes", "1"),
    ("advice/recommend", {"decodeTokensPerSecond": 0}, "/decodeTokensPerSecond", "0"),
    ("advice/recommend", {"quick": "yes"}, "/quick", "true or false"),
    ("hardware/assess", {"threads": 0}, "/threads", "1"),
]


@pytest.mark.parametrize("method,params,pointer,word", WRONG, ids=lambda value: json.dumps(value)[:60])
def test_a_wrong_parameter_is_refused_with_its_place(shared, method, params, pointer, word):
    error = refused(shared.call(method, params), "invalidParams", word)
    violation = error["data"]["violations"][0]
    assert violation["pointer"] == pointer
    assert violation["expected"] and violation["found"]


@pytest.mark.parametrize("method,field,nearest", [
    ("benchmark/run", "thread", "threads"), ("benchmark/start", "promptTokes", "promptTokens"),
    ("model/inspect", "modle", "model"), ("advice/recommend", "budgetSecond", "budgetSeconds"),
])
def test_an_unknown_field_is_named_with_the_nearest(shared, method, field, nearest):
    error = refused(shared.call(method, {"model": "smollm2-135m", field: 1} if field != "modle" else {field: "x"}),
                    "invalidParams", field)
    found = [violation for violation in error["data"]["violations"] if violation["pointer"] == f"/{field}"]
    assert found[0]["didYouMean"] == nearest


@pytest.mark.parametrize("method", MEASURING + ADVISING)
def test_parameters_by_position_are_refused(shared, method):
    refused(shared.call(method, ["llama-3.2-1b"]), "invalidParams", "expected an object", "found an array")


# ------------------------------------------------------------------------------------------------- lengths and resources

@pytest.mark.parametrize("method", MEASURING)
@pytest.mark.parametrize("params,words", [
    ({"promptTokens": 0, "generateTokens": 0}, ["promptTokens", "generateTokens", "at least one"]),
    ({"promptTokens": 100_000}, ["100000", "context of 8192", "at most"]),
    ({"depthTokens": 8192, "generateTokens": 1, "promptTokens": 0}, ["depthTokens 8192", "context of 8192"]),
    ({"threads": 1024}, ["threads 1024", "logical cores"]),
])
def test_what_cannot_be_measured_is_refused_before_anything_starts(shared, method, params, words):
    if params.get("threads") == 1024 and os.cpu_count() >= 1024:
        pytest.skip("this machine has as many cores")
    refused(shared.call(method, {"model": "smollm2-135m", **params}), "invalidParams", *words)
    assert shared.call("benchmark/list")["result"]["jobs"] == []


def test_a_context_beyond_the_model_is_refused_with_the_longest(shared):
    refused(call(shared, "advice/recommend", "smollm2-135m", contextTokens=1_000_000), "invalidParams", "8192",
            "1000000")


@pytest.mark.parametrize("method", MEASURING)
def test_a_format_for_a_file_is_refused(shared, method, tiny):
    refused(call(shared, method, tiny, quantization="Q4_0"), "invalidParams", "quantization", "leave", tiny)


# -------------------------------------------------------------------------------------------------------------- the model

@pytest.mark.parametrize("method", MEASURING + ADVISING)
class TestModel:
    def test_an_unknown_name_is_answered_with_the_nearest(self, shared, method):
        refused(call(shared, method, "lama-3.2-1b"), "modelNotFound", "llama-3.2-1b", "model/list")

    def test_a_missing_file_is_named(self, shared, method):
        refused(call(shared, method, "/no/such/model.gguf"), "modelNotFound", "/no/such/model.gguf", "path")

    def test_a_folder_without_a_model_is_refused(self, shared, method, tmp_path):
        refused(call(shared, method, tmp_path), "modelMalformed", tmp_path, "empty", "config.json")
        (tmp_path / "notes.txt").write_text("once upon a time")
        refused(call(shared, method, tmp_path), "modelMalformed", tmp_path, "notes.txt", "config.json")

    def test_another_kind_of_model_is_described_but_not_run(self, shared, method, tmp_path):
        path = tmp_path / "tensors.gguf"
        path.write_bytes((54).to_bytes(8, "little") + b'{"w":{"dtype":"F16","shape":[1],"data_offsets":[0,2]}}\0\0')
        reply = call(shared, method, path)
        if method in MEASURING:
            refused(reply, "modelUnreadable", path, "safetensors", "convert_hf_to_gguf.py")
        else:
            assert "result" in reply, reply

    def test_pipes_sockets_and_devices_are_not_waited_for(self, shared, method, tmp_path):
        os.mkfifo(tmp_path / "pipe.gguf")
        refused(call(shared, method, tmp_path / "pipe.gguf"), "modelUnreadable", "pipe", "save")
        refused(call(shared, method, "/dev/zero"), "modelUnreadable", "device", "save")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(tmp_path / "s.gguf"))
            refused(call(shared, method, tmp_path / "s.gguf"), "modelUnreadable", "socket")

    @pytest.mark.parametrize("name,content,words", [
        ("empty.gguf", b"", ["empty", "0 bytes"]),
        ("text.gguf", b"once upon a time there was a llama\n" * 10, ["GGUF"]),
        ("page.gguf", b"<!DOCTYPE html><html><head><title>Sign in</title>", ["html"]),
        ("pointer.gguf", b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", ["LFS"]),
        ("archive.gguf", b"PK\x03\x04" + b"\0" * 100, ["zip"]),
        ("magic.gguf", b"GG", ["byte"]),
    ], ids=lambda value: value if isinstance(value, str) else "")
    def test_what_is_not_a_model_is_named_for_what_it_is(self, shared, method, tmp_path, name, content, words):
        (tmp_path / name).write_bytes(content)
        refused(call(shared, method, tmp_path / name), "modelMalformed", tmp_path / name, *words)

    def test_a_truncated_model_is_refused_with_the_byte(self, shared, method, tiny, tmp_path):
        content = tiny.read_bytes()
        path = tmp_path / "cut.gguf"
        for length in (20, 200, len(content) // 2, len(content) - 1):
            path.write_bytes(content[:length])
            error = refused(call(shared, method, path), "modelMalformed", path, "byte")
            assert error["data"]["problem"] == "truncated"
            assert 0 <= int(error["data"]["byteOffset"]) <= len(content)

    def test_an_unreadable_file_is_refused(self, method, tiny, tmp_path):
        path = tmp_path / "secret.gguf"
        path.write_bytes(tiny.read_bytes())
        path.chmod(0)
        client = Client(preexec_fn=without_override)
        try:
            refused(call(client, method, path), "modelUnreadable", path, "permission denied", "chmod")
        finally:
            client.end()


@pytest.mark.parametrize("method", MEASURING)
def test_an_architecture_that_cannot_run_is_named_with_those_that_can(shared, method, tmp_path):
    path = tiny_llama(tmp_path / "mamba.gguf", architecture="mamba")
    refused(call(shared, method, path), "modelUnsupported", "mamba", "llama", "qwen2", "qwen3")


@pytest.mark.parametrize("params", [{"quick": True}, {"budgetSeconds": 1}], ids=["quick", "measured"])
def test_a_file_that_cannot_run_here_is_still_advised_on(shared, tmp_path, params):
    path = tiny_llama(tmp_path / "mamba.gguf", architecture="mamba")
    reply = shared.call("advice/recommend", {"model": str(path), **params})["result"]
    assert reply["basis"] == "facts" and reply["measured"] == []
    if "quick" not in params:
        assert any("mamba" in warning and "llama" in warning for warning in reply["warnings"])


# ------------------------------------------------------------------------------------------------------- larger than memory

def test_a_model_larger_than_a_board_is_an_answer_with_what_would_fit(shared):
    reply = shared.call("advice/recommend", {"model": "qwen3-30b-a3b", "machine": {"base": "rpi4", "memoryBytes": 4 << 30}})["result"]
    assert reply["fits"] is False
    assert "does not fit" in reply["summary"]
    assert reply["wouldFit"]["because"]


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    """A file of twice this machine's memory, which is a hole on disk."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return huge_llama(tmp_path_factory.mktemp("huge") / "huge.gguf", 2 * memory)


def test_a_file_larger_than_memory_is_inspected_at_once(shared, huge):
    start = time.monotonic()
    reply = shared.call("model/inspect", {"model": str(huge)})["result"]
    assert time.monotonic() - start < 2
    assert reply["model"]["weightBytes"] > os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@pytest.mark.parametrize("params", [{"quick": True}, {"budgetSeconds": 1}], ids=["quick", "measured"])
def test_a_file_larger_than_memory_is_not_run_for_its_recommendation(shared, huge, params):
    start = time.monotonic()
    reply = shared.call("advice/recommend", {"model": str(huge), **params})["result"]
    assert time.monotonic() - start < 10
    usable = reply["machine"]["usableMemoryBytes"]
    assert reply["measured"] == [] and reply["basis"] == "facts"
    if reply["fits"]:
        assert reply["quantization"]["weightBytes"]["value"] < usable and reply["quantization"]["format"] != "F16"
    else:
        assert "does not fit" in reply["summary"]
    if "quick" not in params:
        assert any("was not measured" in warning and "bytes" in warning for warning in reply["warnings"])


@pytest.mark.parametrize("method", MEASURING)
def test_a_file_larger_than_memory_is_not_measured(shared, huge, method):
    refused(call(shared, method, huge), "insufficientMemory", "bytes", "advice/recommend")


def test_a_catalogue_model_larger_than_memory_is_measured_with_repeated_layers(client):
    reply = client.call("benchmark/run", {
        "model": "qwen2.5-7b", "quantization": "Q4_0", "promptTokens": 0, "generateTokens": 1,
        "maximumRepetitions": 1, "timeLimitSeconds": 1, "workingSetBytes": 256 << 20}, timeout=240)["result"]
    model = reply["model"]
    assert model["repeatedLayers"] > 0
    assert model["residentWeightBytes"] < 2 << 30 < model["weightBytes"]
    assert any("share memory" in assumption["what"] for assumption in reply["assumptions"])


def test_a_limit_on_the_process_is_taken_into_account():
    limit = 2 << 30
    client = Client(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    try:
        machine = client.call("hardware/assess")["result"]["machine"]
        assert machine["memory"]["usableBytes"] < limit
        assert machine["memory"]["decidedBy"] == "addressSpace"
        reply = client.call("advice/recommend", {"model": "phi-4", "quick": True})["result"]
        assert reply["fits"] is False and reply["wouldFit"]["because"]
        outcome = client.call("benchmark/run", {
            "model": "llama-3.2-1b", "quantization": "Q4_0", "promptTokens": 16, "generateTokens": 1,
            "depthTokens": 100_000, "timeLimitSeconds": 1}, timeout=240)
        refused(outcome, "insufficientMemory", "KV cache", "bytes", "smaller")
    finally:
        client.end()


# ------------------------------------------------------------------------------------------------------------------- jobs

@pytest.mark.parametrize("method", ["benchmark/status", "benchmark/cancel", "benchmark/result"])
def test_an_unknown_job_is_named_with_where_to_look(shared, method):
    refused(shared.call(method, {"job": "job-999"}), "jobNotFound", "job-999", "benchmark/list")


def test_the_result_of_a_job_that_runs_is_refused_and_that_of_a_cancelled_one_too(client):
    job = start_benchmark(client)
    refused(client.call("benchmark/result", {"job": job}), "jobNotFinished", job, "benchmark/status")
    client.call("benchmark/cancel", {"job": job})
    wait_for_state(client, job, {"cancelled"})
    refused(client.call("benchmark/result", {"job": job}), "requestCancelled")


def test_too_many_jobs_are_refused_with_what_to_do(client):
    jobs = [reply["result"]["job"] for reply in
            [client.wait(number) for number in [client.send("benchmark/start", ENDLESS) for _ in range(64)]]]
    refused(client.call("benchmark/start", {"model": "smollm2-135m"}), "jobTableFull", "64", "benchmark/cancel")
    for job in reversed(jobs):
        client.call("benchmark/cancel", {"job": job})
    for job in jobs:
        wait_for_state(client, job, {"cancelled"})
