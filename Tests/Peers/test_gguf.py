"""Model files that the `gguf` package wrote, against what that package reads in them."""

import gguf
import numpy as np
import pytest

from conftest import refused
from models import CONTEXT, LAYERS, Type, tiny_llama

SHORT = {"promptTokens": 16, "generateTokens": 8, "timeLimitSeconds": 0.5, "threads": 1}
KINDS = [Type.F32, Type.F16, Type.BF16, Type.Q8_0, Type.Q4_0, Type.Q4_K, Type.Q6_K]
WITH_KERNELS = [*KINDS, *(kind for kind in (Type.Q5_0, Type.IQ4_NL, Type.MXFP4) if kind not in KINDS)]
WITHOUT_KERNELS = [Type.IQ2_XS, Type.IQ3_S, Type.TQ1_0, Type.TQ2_0]


def values(writer):
    """Adds a metadata pair of every type."""
    writer.add_uint8("test.uint8", 255)
    writer.add_int8("test.int8", -128)
    writer.add_uint16("test.uint16", 65535)
    writer.add_int16("test.int16", -32768)
    writer.add_uint32("test.uint32", 2 ** 32 - 1)
    writer.add_int32("test.int32", -2 ** 31)
    writer.add_uint64("test.uint64", 2 ** 53 + 1)
    writer.add_int64("test.int64", -2 ** 63)
    writer.add_float32("test.float32", 0.5)
    writer.add_float64("test.float64", 1e-300)
    writer.add_bool("test.bool", True)
    writer.add_string("test.string", "Häuser \"quoted\" \\ \n 漢字 🦙")
    writer.add_array("test.strings", ["a", "ß", ""])
    writer.add_array("test.numbers", [1, 2, 3])


def content(reader, key):
    """The value of a pair as the package reads it."""
    field = reader.fields[key]
    kind = field.types[0]
    if kind == gguf.GGUFValueType.STRING:
        return bytes(field.parts[field.data[0]]).decode()
    return field.parts[field.data[0]].item()


@pytest.mark.parametrize("kind", KINDS + WITHOUT_KERNELS, ids=lambda kind: kind.name)
def test_inspection_agrees_with_the_package_on_every_tensor(shared, tmp_path, kind):
    path = tiny_llama(tmp_path / "model.gguf", kind, hidden=256, inner=512)
    reader = gguf.GGUFReader(path)
    reply = shared.call("model/inspect", {"model": str(path), "include": ["tensors"]})["result"]
    found = {tensor["name"]: tensor for tensor in reply["tensors"]}
    assert set(found) == {tensor.name for tensor in reader.tensors}
    for tensor in reader.tensors:
        mine = found[tensor.name]
        assert mine["shape"] == [int(size) for size in tensor.shape]
        assert (mine["format"], mine["bytes"]) == (tensor.tensor_type.name, tensor.n_bytes)
        assert mine["byteOffset"] == tensor.data_offset
    model = reply["model"]
    assert model["parameterCount"] == sum(int(tensor.n_elements) for tensor in reader.tensors)
    assert model["weightBytes"] == sum(int(tensor.n_bytes) for tensor in reader.tensors)
    assert model["fileBytes"] == path.stat().st_size
    assert model["dominantFormat"] == kind.name


def test_inspection_agrees_with_the_package_on_every_pair(shared, tmp_path):
    path = tiny_llama(tmp_path / "model.gguf", metadata=values)
    reader = gguf.GGUFReader(path)
    reply = shared.call("model/inspect", {"model": str(path)})["result"]
    found = {pair["key"]: pair for pair in reply["metadata"]}
    assert set(found) == {key for key in reader.fields if not key.startswith("GGUF.")}
    for key, pair in found.items():
        field = reader.fields[key]
        if field.types[0] == gguf.GGUFValueType.ARRAY:
            assert pair["count"] == len(field.data) and "[" in pair["type"]
        else:
            assert pair["value"] == content(reader, key), key
            assert pair["type"].lower() == field.types[0].name.lower(), key
    assert reply["model"]["name"] == "Tiny" and reply["model"]["architecture"] == "llama"


@pytest.mark.parametrize("kind", WITH_KERNELS, ids=lambda kind: kind.name)
def test_a_file_of_the_package_runs(shared, tmp_path, kind):
    path = tiny_llama(tmp_path / "model.gguf", kind, hidden=256, inner=512)
    reply = shared.call("benchmark/run", {"model": str(path), **SHORT})["result"]
    model = reply["model"]
    assert (model["source"], model["origin"], model["architecture"]) == ("file", str(path), "llama")
    reader = gguf.GGUFReader(path)
    assert model["weightBytes"] == model["residentWeightBytes"] == sum(int(t.n_bytes) for t in reader.tensors)
    assert model["parameterCount"] == sum(int(t.n_elements) for t in reader.tensors)
    assert reply["prefill"]["tokensPerSecond"]["value"] > 0 and reply["decode"]["tokensPerSecond"]["value"] > 0
    samples = reply["decode"]["interTokenLatencySeconds"]["samples"]
    assert abs(reply["decode"]["tokensPerSecond"]["value"] * float(np.median(samples)) - 1) < 1e-6


def test_a_file_is_recommended_with_its_own_rates(shared, tiny):
    reply = shared.call("advice/recommend", {"model": str(tiny), "budgetSeconds": 1})["result"]
    assert reply["basis"] == "measured"
    assert [measured["isFile"] for measured in reply["measured"]] == [True]
    assert reply["expected"]["decodeTokensPerSecond"]["evidence"] == "measured"


@pytest.mark.parametrize("kind", WITHOUT_KERNELS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("method", ["benchmark/run", "benchmark/start"])
def test_a_format_without_kernels_is_named_with_those_that_have_some(shared, tmp_path, kind, method):
    path = tiny_llama(tmp_path / "model.gguf", kind, hidden=256, inner=512)
    refused(shared.call(method, {"model": str(path), **SHORT}), "modelUnsupported", "token_embd.weight", kind.name,
            "supported are", "Q8_0", "Q4_K", "requantize")


def test_lengths_beyond_the_context_of_a_file_are_refused(shared, tiny):
    refused(shared.call("benchmark/run", {"model": str(tiny), "promptTokens": CONTEXT + 1}), "invalidParams",
            f"context of {CONTEXT}")


def test_a_missing_tensor_is_named(shared, tmp_path):
    path = tiny_llama(tmp_path / "model.gguf", leave_out={f"blk.{LAYERS - 1}.ffn_up"})
    refused(shared.call("benchmark/run", {"model": str(path), **SHORT}), "modelMalformed",
            f"blk.{LAYERS - 1}.ffn_up.weight", "missing")


def test_a_tensor_of_another_shape_is_named_with_both(shared, tmp_path):
    def lie(writer):
        writer.add_uint32("llama.rope.dimension_count", 16)
        writer.kv_data[0]["llama.feed_forward_length"].value = 96
    path = tiny_llama(tmp_path / "model.gguf", metadata=lie)
    refused(shared.call("benchmark/run", {"model": str(path), **SHORT}), "modelMalformed", "blk.0.ffn_gate.weight",
            "[64, 128]", "[64, 96]")


def test_a_mixture_that_does_not_say_how_many_experts_a_token_uses_is_refused(shared, tmp_path):
    path = tiny_llama(tmp_path / "model.gguf", metadata=lambda writer: writer.add_expert_count(8))
    reply = shared.call("benchmark/run", {"model": str(path), **SHORT})
    assert "expert_used_count" in reply["error"]["message"]


@pytest.mark.parametrize("kind", [Type.Q8_0, Type.F32], ids=lambda kind: kind.name)
def test_damaged_bytes_never_end_the_server(shared, tmp_path, kind):
    path = tiny_llama(tmp_path / "model.gguf", kind)
    original = path.read_bytes()
    random = np.random.default_rng(11)
    head = gguf.GGUFReader(path).data_offset
    for _ in range(60):
        damaged = bytearray(original)
        for place in random.integers(0, head, random.integers(1, 8)):
            damaged[place] = random.integers(0, 256)
        path.write_bytes(damaged)
        for method, params in [("model/inspect", {}), ("benchmark/start", {**SHORT, "generateTokens": 1})]:
            reply = shared.call(method, {"model": str(path), **params})
            if "error" in reply:
                assert 1000 < reply["error"]["code"] < 1011 or reply["error"]["code"] == -32602, reply
            elif method == "benchmark/start":
                shared.call("benchmark/cancel", {"job": reply["result"]["job"]})
