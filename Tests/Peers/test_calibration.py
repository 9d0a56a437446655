"""Engines that are installed run the small models that Edgewise writes for them.

Their wheels are large, so they are not among the requirements: name a Python that has some of them in EDGEWISE_ENGINES_PYTHON, or install
them beside the tests. Engines that it lacks are skipped.
"""

import json
import os
import subprocess
import sys

import pytest

from conftest import refused

PYTHON = os.environ.get("EDGEWISE_ENGINES_PYTHON", sys.executable)
ENGINES = {
    "onnxruntime": ("onnxruntime_genai", "int4-b32"),
    "openvino": ("openvino_genai", "int8_asym"),
    "mlx": ("mlx_lm", "8bit-g64"),
}


def has(module):
    code = f"import importlib.util, sys; sys.exit(importlib.util.find_spec({module!r}) is None)"
    return subprocess.run([PYTHON, "-c", code], capture_output=True).returncode == 0


@pytest.fixture(scope="module")
def profile(shared):
    return shared.call("hardware/assess", {"measure": True, "formats": ["Q8_0", "Q4_0", "F32"], "threads": 1,
                                           "timeBudgetSeconds": 0.5}, timeout=300)["result"]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_installed_engine_is_calibrated(shared, profile, engine):
    module, name = ENGINES[engine]
    if not has(module):
        pytest.skip(f"{PYTHON} has no {module}")
    reply = shared.call("calibrate/engine", {"engine": engine, "program": PYTHON, "machine": profile, "formats": [name],
                                             "threads": [1], "timeLimitSeconds": 600}, timeout=1300)
    result = reply["result"]
    calibration = result["calibration"]
    assert calibration["engine"] == engine and calibration["build"].startswith(module.split("_")[0])
    (factor,) = calibration["factors"]
    assert factor["fileType"].endswith("/" + name) and factor["threads"] == 1
    assert 0.001 <= factor["decodeFactor"] <= 1000 and 0.001 <= factor["prefillFactor"] <= 1000
    profile = json.loads(json.dumps(profile))
    profile["engines"] = [calibration]
    speed = shared.call("model/speed", {"model": "smollm2-135m", "machine": profile, "engine": engine, "threads": 1,
                                        "format": factor["fileType"]})["result"]
    assert speed["build"] == calibration["build"]
    assert speed["decodeTokensPerSecond"]["evidence"] == "calibrated"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_python_without_the_engine_is_told_what_to_install(shared, profile, engine, tmp_path):
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S -E "$@"\n')
    bare.chmod(0o755)
    module, _ = ENGINES[engine]
    reply = shared.call("calibrate/engine", {"engine": engine, "program": str(bare), "machine": profile}, timeout=120)
    refused(reply, "invalidParams", "has no module", module.split("_")[0], "pip install")
