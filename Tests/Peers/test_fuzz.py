"""Parameters made from the schemas, and bytes made by chance: always an answer, never a crash and never silence."""

import json
import random
import subprocess

import hypothesis
import hypothesis_jsonschema
import jsonschema
import pytest
from hypothesis import strategies

from conftest import CODES, PROGRAM, ROOT, Client

SCHEMAS = ROOT / "schemas"
METHODS = sorted(path.name.removesuffix(".params.json") for path in SCHEMAS.glob("*.params.json"))
# Those that measure would take as long as the parameters say; they are tried with what is refused or never runs.
MEASURING = {"benchmark.run": {"model": "no-such-model"}, "benchmark.start": {"model": "no-such-model"},
             "benchmark.kernels": {"formats": ["no-such-format"]}}
NAMES = ["smollm2-135m", "llama-3.2-1b", "qwen3-30b-a3b", "gemma-3n-e2b", "granite-4.0-h-tiny"]
MACHINES = ["rpi5", "rpi4", "apple-m4-pro"]
INTERNAL_ERROR = -32603

quiet = hypothesis.settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    suppress_health_check=list(hypothesis.HealthCheck))


def load(name):
    return json.loads((SCHEMAS / name).read_text())


@pytest.fixture(scope="module")
def server():
    client = Client()
    yield client
    client.end()


def without_zero_keys(value):
    """The value without zero characters in keys, which the parser refuses, so that no reply could name the request."""
    if isinstance(value, dict):
        return {key.replace("\0", ""): without_zero_keys(child) for key, child in value.items()}
    return [without_zero_keys(child) for child in value] if isinstance(value, list) else value


def check(server, method, params, reply_schema):
    params = without_zero_keys(params)
    reply = server.call(method.replace(".", "/"), params, timeout=20)
    if "result" in reply:
        jsonschema.Draft202012Validator(reply_schema).validate(reply["result"])
    else:
        error = reply["error"]
        assert error["code"] != INTERNAL_ERROR, error
        assert CODES[error["data"]["name"]] == error["code"]
        assert 0 < len(error["message"]) < 5000


def tamed(method, params):
    """Parameters that answer at once: nothing is measured, and names are often those of things that exist."""
    if not isinstance(params, dict):
        return params
    if method == "advice.recommend":
        params["quick"] = True
    if method == "hardware.assess":
        params.pop("measure", None)
        params.pop("toolchainVersions", None)
    return params


@pytest.mark.parametrize("method", [method for method in METHODS if method not in MEASURING])
def test_parameters_that_fit_the_schema_get_a_reply_that_fits_its_own(server, method):
    schema, reply_schema = load(f"{method}.params.json"), load(f"{method}.reply.json")
    properties = schema.get("properties", {})
    known = {name: strategies.none() | strategies.sampled_from(names)
             for name, names in [("model", NAMES), ("machine", MACHINES)] if name in properties}

    @quiet
    @hypothesis.given(hypothesis_jsonschema.from_schema(schema), strategies.fixed_dictionaries(known))
    def run(params, existing):
        params.update({name: value for name, value in existing.items() if value is not None})
        check(server, method, tamed(method, params), reply_schema)

    run()


@pytest.mark.parametrize("method", METHODS)
def test_parameters_of_any_kind_get_a_reply_or_a_reason(server, method):
    schema, reply_schema = load(f"{method}.params.json"), load(f"{method}.reply.json")
    anything = strategies.recursive(
        strategies.none() | strategies.booleans() | strategies.integers(-2 ** 63, 2 ** 63 - 1)
        | strategies.floats(allow_nan=False, allow_infinity=False) | strategies.text(max_size=20),
        lambda inner: strategies.lists(inner, max_size=3) | strategies.dictionaries(
            strategies.text(max_size=8), inner, max_size=3), max_leaves=8)
    fields = strategies.dictionaries(strategies.sampled_from([*schema.get("properties", {}), "nonsense"]), anything,
                                     max_size=3)

    @quiet
    @hypothesis.given(fields)
    def run(params):
        # Something that does not exist, so that nothing starts when all else fits.
        params = {**params, **MEASURING.get(method, {})}
        check(server, method, tamed(method, params), reply_schema)

    run()


def spoiled(chance, message):
    """The message with some bytes changed, cut out or put in."""
    data = bytearray(message)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[place:place + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[place:place + chance.randint(1, 8)]
            case 2:
                data[place:place] = chance.choice([b"{", b"}", b"[", b'"', b",", b"\\", b"\xff", b"\0", b"1e9", b"\\ud800"])
            case 3:
                data[place:place] = data[:chance.randint(0, 20)]
    return bytes(data)


MESSAGES = [
    b'{"jsonrpc":"2.0","id":1,"method":"benchmark/list"}\n',
    b'{"jsonrpc":"2.0","id":"a","method":"model/list","params":{"containing":"smol"}}\n',
    b'[{"jsonrpc":"2.0","id":2,"method":"rpc.discover"},{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":2}}]\n',
    b'Content-Length: 50\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"benchmark/list"}',
    b'{"jsonrpc":"2.0","id":3,"method":"framework/select","params":{"machine":"rpi5"}}\n',
]


@pytest.mark.parametrize("seed", range(24))
def test_spoiled_bytes_are_answered_or_end_the_process_with_a_reason(seed):
    chance = random.Random(seed)
    if seed % 4 == 0:
        data = chance.randbytes(chance.randint(1, 4000))
    else:
        data = b"".join(spoiled(chance, chance.choice(MESSAGES)) for _ in range(20))
    done = subprocess.run([PROGRAM, "serve"], input=data, capture_output=True, timeout=20)
    assert done.returncode in (0, 1), done.stderr[-500:]
    assert done.returncode == 0 or done.stderr.startswith(b"edgewise: ")
    rest = done.stdout
    while rest:
        if rest.startswith(b"Content-Length: "):
            header, _, rest = rest.partition(b"\r\n\r\n")
            size = int(header.removeprefix(b"Content-Length: "))
            body, rest = rest[:size], rest[size:]
        else:
            body, _, rest = rest.partition(b"\n")
        reply = json.loads(body)
        for answer in reply if isinstance(reply, list) else [reply]:
            assert answer["jsonrpc"] == "2.0" and ("result" in answer) != ("error" in answer)
            assert answer.get("error", {}).get("code") != INTERNAL_ERROR
