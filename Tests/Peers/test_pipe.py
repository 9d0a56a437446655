"""The built binary on a pipe: framing, batches and errors."""

import json
import subprocess

import pytest

from conftest import PROGRAM, pipe


def lines(output):
    return [json.loads(line) for line in output.splitlines()]


def test_one_request_without_a_newline_gets_one_line_and_exit_0():
    output, status = pipe('{"jsonrpc":"2.0","id":1,"method":"hardware/assess"}')
    assert status == 0
    assert output.count(b"\n") == 1 and output.endswith(b"\n")
    assert lines(output)[0]["result"]["machine"]["cpu"]["architecture"]


def test_content_length_is_answered_in_kind():
    body = '{"jsonrpc":"2.0","id":"a","method":"benchmark/list"}'
    output, status = pipe(f"Content-Length: {len(body)}\r\n\r\n{body}")
    header, _, rest = output.partition(b"\r\n\r\n")
    assert status == 0
    assert header == f"Content-Length: {len(rest)}".encode()
    assert json.loads(rest) == {"jsonrpc": "2.0", "id": "a", "result": {"jobs": []}}


@pytest.mark.parametrize("text,code,number", [
    ("{nonsense}", -32700, None), ("[]", -32600, None), ('{"jsonrpc":"2.0","id":1}', -32600, 1),
    ('{"jsonrpc":"2.0","id":2,"method":"no/such"}', -32601, 2),
    ('{"jsonrpc":"2.0","id":3,"method":"model/inspect","params":{"modle":"x"}}', -32602, 3),
    ('{"jsonrpc":"2.0","id":null,"method":"no/such"}', -32601, None),
    ('{"a":1,"a":2}', -32700, None), ("[" * 100000, -32700, None),
    ('{"jsonrpc":"2.0","id":4,"method":"benchmark/list","params":[1]}', -32602, 4),
    ('{"jsonrpc":"2.0","id":1e400,"method":"benchmark/list"}', -32700, None),
    ('{"jsonrpc":"2.0","id":99999999999999999999,"method":"benchmark/list"}', -32700, None),
    ('{"jsonrpc":"2.0","id":1.5,"method":"benchmark/list"}', -32600, None),
])
def test_errors(text, code, number):
    output, status = pipe(text + "\n")
    (reply,) = lines(output)
    assert (reply["error"]["code"], reply["id"], status) == (code, number, 0)
    assert reply["error"]["message"]


def test_an_unknown_field_is_named_with_its_nearest_known_name():
    output, _ = pipe('{"jsonrpc":"2.0","id":3,"method":"model/inspect","params":{"modle":"x"}}')
    data = json.dumps(lines(output)[0]["error"])
    assert "modle" in data and "model" in data


def test_a_large_integer_id_comes_back_exactly():
    output, _ = pipe('{"jsonrpc":"2.0","id":9007199254740993,"method":"benchmark/list"}')
    assert b'"id":9007199254740993' in output.replace(b" ", b"")


def test_batches_and_notifications():
    text = ('[{"jsonrpc":"2.0","id":1,"method":"benchmark/list"},{"jsonrpc":"2.0","method":"benchmark/list"},1]\n'
            '{"jsonrpc":"2.0","method":"no/such"}\n[{"jsonrpc":"2.0","method":"no/such"}]\n')
    output, status = pipe(text)
    (batch,) = lines(output)
    assert status == 0
    assert sorted(str(reply["id"]) for reply in batch) == ["1", "None"]


def test_an_over_long_line_is_skipped_and_answered():
    line = b'{"jsonrpc":"2.0","id":1,"method":"benchmark/list","params":{"x":"' + b"a" * (70 << 20) + b'"}}\n'
    output, status = pipe(line + b'{"jsonrpc":"2.0","id":2,"method":"benchmark/list"}\n')
    refused, answered = lines(output)
    assert refused["id"] is None and refused["error"]["code"] in (-32600, -32700)
    assert answered["id"] == 2 and status == 0


@pytest.mark.parametrize("text", [
    "Content-Length: 99999999999999\r\n\r\n", "Content-Length: -1\r\n\r\n", "Content-Length: x\r\n\r\n",
    "X: " + "y" * 9000 + "\r\n\r\n",
])
def test_hopeless_headers_end_the_process_with_a_reason(text):
    done = subprocess.run([PROGRAM, "serve"], input=text.encode(), capture_output=True, timeout=20)
    assert done.returncode == 1
    assert done.stderr.strip()
