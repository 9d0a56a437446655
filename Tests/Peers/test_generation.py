"""Text from the built binary: in pieces, cancelled, and refused where a prompt cannot be used."""

import json
import pathlib
import time

import pytest

import models
from conftest import ROOT, pipe, refused
from models import tiny_llama

FIXTURES = pathlib.Path(ROOT) / "Tests/InferenceTests/Fixtures"
MODEL, EXPECTED = str(FIXTURES / "trained.gguf"), json.loads((FIXTURES / "trained.json").read_text())


def test_pieces_come_by_progress_and_make_the_answer(client):
    reply = client.call("generate/run", {"model": MODEL, "prompt": EXPECTED["prompt"], "maxTokens": 24,
                                         "progressToken": 7})["result"]
    pieces = [note["params"]["message"] for note in client.notifications if note["params"]["phase"] == "text"]
    assert len(pieces) > 5 and "".join(pieces) == reply["text"] == EXPECTED["answer"]
    assert reply["tokens"] == EXPECTED["answerTokens"] and reply["promptTokens"] == EXPECTED["promptTokens"]
    fractions = [note["params"]["fraction"] for note in client.notifications]
    assert fractions == sorted(fractions)


def test_a_cancel_ends_an_answer_at_once(client):
    number = client.send("generate/run", {"model": "smollm2-135m", "quantization": "Q4_0", "tokens": [1],
                                          "maxTokens": 8000, "progressToken": "g"})
    client.wait_for_progress("g", lambda progress: progress["phase"] == "decode")
    start = time.monotonic()
    client.cancel(number)
    refused(client.wait(number), "requestCancelled")
    assert time.monotonic() - start < 1
    # The lane is free again.
    assert client.call("generate/run", {"model": MODEL, "prompt": "The", "maxTokens": 1})["result"]["tokens"]


def test_the_vocabulary_agrees_with_the_fixture_of_the_trained_model(shared):
    reply = shared.call("tokenizer/encode", {"model": MODEL, "texts": [EXPECTED["text"]]})["result"]
    assert reply["tokens"] == [EXPECTED["tokens"]]


@pytest.mark.parametrize("params,words", [
    ({}, ["one of prompt, tokens and messages"]),
    ({"prompt": "a", "tokens": [1]}, ["found 2"]),
    ({"prompt": ""}, ["/prompt", "empty"]),
    ({"tokens": []}, ["/tokens", "empty"]),
    ({"tokens": [0, 320]}, ["/tokens/1", "320", "319"]),
    ({"tokens": [-1]}, ["/tokens/0"]),
    ({"prompt": "a" * 3000, "maxTokens": 1}, ["no room", "256"]),
    ({"prompt": "a", "contextTokens": 257}, ["contextTokens", "256"]),
    ({"prompt": "a", "temperature": -1}, ["/temperature"]),
    ({"prompt": "a", "topP": 0}, ["/topP"]),
    ({"prompt": "a", "seed": 1.5}, ["/seed"]),
    ({"prompt": "a", "stop": [""]}, ["/stop/0"]),
    ({"messages": []}, ["/messages", "empty"]),
    ({"messages": [{"role": "robot", "content": "a"}]}, ["/messages/0/role", "assistant"]),
], ids=lambda value: None)
def test_what_cannot_be_a_prompt_is_refused(shared, params, words):
    refused(shared.call("generate/run", {"model": MODEL, **params}), "invalidParams", *words)


def test_messages_need_a_chat_format_that_is_known(shared, tmp_path):
    message = {"messages": [{"role": "user", "content": "a"}]}
    refused(shared.call("generate/run", {"model": MODEL, **message}), "modelUnsupported", "chat template", "prompt")

    def odd(writer):
        writer.add_tokenizer_pre("gpt-2")
        writer.add_token_merges(["t t"])
        writer.add_chat_template("{{ odd }}")

    path = tiny_llama(tmp_path / "odd.gguf", metadata=odd)
    refused(shared.call("generate/run", {"model": str(path), **message}), "modelUnsupported", "unknown", "chatml")


def test_a_model_without_a_usable_vocabulary_takes_ids(shared, tiny):
    reply = shared.call("generate/run", {"model": str(tiny), "tokens": [1, 2], "maxTokens": 3})["result"]
    assert len(reply["tokens"]) == 3 and "text" not in reply
    assert any("without text" in warning for warning in reply["warnings"])
    refused(shared.call("generate/run", {"model": str(tiny), "prompt": "a"}), "modelMalformed", "tokenizer.ggml.merges")


def test_a_context_beyond_memory_is_refused_with_the_bytes(shared, tmp_path, monkeypatch):
    monkeypatch.setattr(models, "CONTEXT", 1 << 28)
    path = tiny_llama(tmp_path / "long.gguf", hidden=1024, inner=256)
    reply = shared.call("generate/run", {"model": str(path), "tokens": [1], "contextTokens": 1 << 28})
    refused(reply, "insufficientMemory", "bytes", "smaller")


@pytest.mark.parametrize("text", [b"\xff", b"a\xc3", b"\xed\xa0\x80", b"\xf5\x80\x80\x80"])
def test_invalid_utf8_in_a_request_is_refused(text):
    request = b'{"jsonrpc":"2.0","id":1,"method":"generate/run","params":{"model":"m","prompt":"' + text + b'"}}\n'
    output, status = pipe(request)
    reply = json.loads(output)
    assert status == 0 and reply["error"]["code"] == -32700, reply
    assert "unable to decode byte 0x" in reply["error"]["message"] and "at byte" in reply["error"]["message"]


@pytest.mark.parametrize("text", [b"\xff", b"The cat\xc3"])
def test_invalid_utf8_on_the_command_line_is_refused_with_the_byte(text):
    for arguments, data in [(["generate", MODEL, text], b""), (["generate", MODEL, "-"], text)]:
        output, status = pipe(data, *arguments)
        assert (output, status) == (b"", 2)
