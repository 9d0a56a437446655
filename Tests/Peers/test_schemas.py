"""The checked-in schemas against an independent validator, and the live replies against the schemas."""

import json
import pathlib

import jsonschema
import pytest

from conftest import ROOT

SCHEMAS = ROOT / "schemas"
FILES = sorted(SCHEMAS.glob("*.json"))
METHODS = sorted(path.name.removesuffix(".params.json") for path in SCHEMAS.glob("*.params.json"))


def load(path):
    return json.loads(pathlib.Path(path).read_text())


@pytest.mark.parametrize("path", [p for p in FILES if ".examples." not in p.name and p.name != "openrpc.json"],
                         ids=lambda p: p.name)
def test_is_valid_json_schema_in_both_dialects(path):
    jsonschema.Draft202012Validator.check_schema(load(path))
    jsonschema.Draft7Validator.check_schema(load(path))


def test_there_are_methods():
    assert len(METHODS) >= 10


@pytest.mark.parametrize("method", METHODS)
def test_examples_fit_their_schemas(method):
    params = jsonschema.Draft202012Validator(load(SCHEMAS / f"{method}.params.json"))
    reply = jsonschema.Draft202012Validator(load(SCHEMAS / f"{method}.reply.json"))
    examples = load(SCHEMAS / f"{method}.examples.json")
    assert examples
    for example in examples:
        if example.get("error", {}).get("name") != "invalidParams":
            params.validate(example["params"])
        if "reply" in example:
            reply.validate(example["reply"])


@pytest.mark.parametrize("method", METHODS)
def test_reproducible_examples_get_the_same_reply_from_the_binary(method, client):
    for example in load(SCHEMAS / f"{method}.examples.json"):
        if "error" in example:
            assert client.call(example["method"], example["params"])["error"]["code"] == example["error"]["code"]
        elif "reply" in example:
            assert client.call(example["method"], example["params"])["result"] == example["reply"]


def test_the_discovery_document_is_the_checked_in_one(discovered):
    assert discovered == load(SCHEMAS / "openrpc.json")


def test_the_discovery_document_is_openrpc(discovered):
    # OpenRPC 1.4.1: required fields, unique names and codes, references that resolve.
    assert discovered["openrpc"] == "1.4.1"
    assert discovered["info"]["title"] and discovered["info"]["version"]
    names = [method["name"] for method in discovered["methods"]]
    assert len(names) == len(set(names)) >= 10
    codes = [error["code"] for error in discovered["components"]["errors"].values()]
    assert len(codes) == len(set(codes))

    def resolve(value):
        if isinstance(value, dict):
            if "$ref" in value:
                target = discovered
                for part in value["$ref"].removeprefix("#/").split("/"):
                    target = target[part]
            for child in value.values():
                resolve(child)
        elif isinstance(value, list):
            for child in value:
                resolve(child)

    resolve(discovered)
    for method in discovered["methods"]:
        assert method["params"] is not None and method["result"]["schema"]
        for schema in [method["result"]["schema"], *(param["schema"] for param in method["params"])]:
            jsonschema.Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("method,params", [
    ("hardware/assess", {}), ("model/inspect", {"model": "llama-3.2-1b"}), ("benchmark/list", {}),
    ("framework/select", {}), ("quantization/advise", {"model": "qwen3-4b"}),
    ("advice/recommend", {"model": "qwen3-4b", "quick": True}),
    ("diagnosis/explain", {"symptom": "the model does not fit in memory"}),
])
def test_live_replies_fit_their_schemas(method, params, client):
    reply = client.call(method, params)
    schema = load(SCHEMAS / f"{method.replace('/', '.')}.reply.json")
    jsonschema.Draft202012Validator(schema).validate(reply["result"])
