"""A client of the built binary, with nothing of Edgewise in it but the protocol."""

import ctypes
import json
import os
import pathlib
import signal
import subprocess
import threading
import time

import pytest

from models import tiny_llama

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("EDGEWISE", str(ROOT / ".build/debug/edgewise"))

CODES = {
    "parseError": -32700, "invalidRequest": -32600, "methodNotFound": -32601, "invalidParams": -32602,
    "requestCancelled": -32800, "modelNotFound": 1001, "modelUnreadable": 1002, "modelMalformed": 1003,
    "modelUnsupported": 1004, "machineUnknown": 1005, "jobNotFound": 1006, "jobNotFinished": 1007,
    "jobTableFull": 1008, "measurementFailed": 1009, "insufficientMemory": 1010, "ruleUnknown": 1011,
}


class Client:
    """Speaks one JSON value a line; replies are sorted to their requests, notifications are kept."""

    def __init__(self, *arguments, **options):
        self.process = subprocess.Popen([PROGRAM, "serve", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, **options)
        self.notifications = []
        self.replies = {}
        self.arrived = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.number = 0

    def _read(self):
        for line in self.process.stdout:
            message = json.loads(line)
            message["arrivedAt"] = time.monotonic()
            with self.arrived:
                if "method" in message:
                    self.notifications.append(message)
                else:
                    self.replies[message["id"]] = message
                self.arrived.notify_all()

    def send(self, method, params=None):
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method}
        if params is not None:
            message["params"] = params
        self.write(message)
        return self.number

    def write(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def wait(self, number, timeout=60):
        with self.arrived:
            assert self.arrived.wait_for(lambda: number in self.replies, timeout), f"no reply to {number}"
            return self.replies.pop(number)

    def wait_for_progress(self, token, is_wanted=lambda progress: True, timeout=60):
        """Waits for a progress notification under a token and returns its parameters."""
        def find():
            return next((n["params"] for n in self.notifications if n["method"] == "$/progress"
                         and n["params"]["token"] == token and is_wanted(n["params"])), None)
        with self.arrived:
            assert self.arrived.wait_for(lambda: find() is not None, timeout), f"no such progress: {self.notifications}"
            return find()

    def call(self, method, params=None, timeout=60):
        return self.wait(self.send(method, params), timeout)

    def cancel(self, number):
        self.write({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": number}})

    def resident_bytes(self):
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def close(self, timeout=30):
        self.process.stdin.close()
        status = self.process.wait(timeout=timeout)
        self.reader.join(timeout=5)
        self.process.stdout.close()
        return status

    def end(self):
        """Closes what a test has left open; a server that a test did not end must still end well."""
        if self.process.poll() is None:
            try:
                assert self.close() == 0
            finally:
                self.process.kill()
                self.process.wait()


@pytest.fixture(scope="session", autouse=True)
def heard():
    """Servers inherit signals that are ignored, as they are below nohup and in a script's background."""
    for number in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory):
    """Profiles that tests measure are kept apart from those of whoever runs the tests."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def client():
    client = Client()
    yield client
    client.end()


@pytest.fixture(scope="module")
def shared():
    """One server for the many calls of a module that leave it as it was."""
    client = Client()
    yield client
    client.end()


@pytest.fixture(scope="session")
def discovered():
    client = Client()
    document = client.call("rpc.discover")["result"]
    client.close()
    return document


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The path of a tiny llama in Q8_0 that runs."""
    path = tmp_path_factory.mktemp("models") / "tiny.gguf"
    tiny_llama(path)
    return path


def refused(reply, name, *words):
    """Asserts a failure of that name whose message has all of the words, and returns the error."""
    assert "error" in reply, reply
    error = reply["error"]
    assert (error["data"]["name"], error["code"]) == (name, CODES[name]), error
    for word in words:
        assert str(word).lower() in error["message"].lower(), f"{word!r} is not in {error['message']!r}"
    assert len(error["message"]) < 2000
    return error


def wait_for_state(client, job, states, seconds=60):
    """Asks for a job's status until its state is one of those wanted."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        status = client.call("benchmark/status", {"job": job})["result"]
        if status["state"] in states:
            return status
        time.sleep(0.005)
    raise AssertionError(f"{job} never was {states}: {status}")


ENDLESS = {"model": "smollm2-135m", "quantization": "Q4_0", "promptTokens": 32, "generateTokens": 32,
           "timeLimitSeconds": 3600, "maximumRepetitions": 10000, "targetSpreadFraction": 0}


def start_benchmark(client, **extra):
    """Starts a job that goes on until it is cancelled, and returns its handle."""
    return client.call("benchmark/start", {**ENDLESS, **extra})["result"]["job"]


def pipe(text, *arguments, timeout=60):
    """Feeds the program all of its input at once; returns its standard output and exit status."""
    data = text if isinstance(text, bytes) else text.encode()
    done = subprocess.run([PROGRAM, *(arguments or ["serve"])], input=data, capture_output=True, timeout=timeout)
    return done.stdout, done.returncode


def without_override():
    """Makes file permissions count in the child even for the superuser, as `preexec_fn`."""
    if os.geteuid() == 0:
        capability_drop, override, search = 24, 1, 2
        for capability in (override, search):
            if ctypes.CDLL(None).prctl(capability_drop, capability, 0, 0, 0) != 0:
                raise OSError("the capability to read every file cannot be dropped")
