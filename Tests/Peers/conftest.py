"""A client of the built binary, with nothing of Edgewise in it but the protocol."""

import json
import os
import pathlib
import subprocess
import threading

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("EDGEWISE", str(ROOT / ".build/debug/edgewise"))


class Client:
    """Speaks one JSON value a line; replies are sorted to their requests, notifications are kept."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([PROGRAM, "serve", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.notifications = []
        self.replies = {}
        self.arrived = threading.Condition()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.number = 0

    def _read(self):
        for line in self.process.stdout:
            message = json.loads(line)
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

    def call(self, method, params=None, timeout=60):
        return self.wait(self.send(method, params), timeout)

    def close(self):
        self.process.stdin.close()
        status = self.process.wait(timeout=30)
        self.reader.join(timeout=5)
        self.process.stdout.close()
        self.process.stderr.close()
        return status


@pytest.fixture
def client():
    client = Client()
    yield client
    if client.process.poll() is None:
        assert client.close() == 0


@pytest.fixture(scope="session")
def discovered():
    client = Client()
    document = client.call("rpc.discover")["result"]
    client.close()
    return document


def pipe(text, *arguments, timeout=60):
    """Feeds the program all of its input at once; returns its standard output and exit status."""
    data = text if isinstance(text, bytes) else text.encode()
    done = subprocess.run([PROGRAM, *(arguments or ["serve"])], input=data, capture_output=True, timeout=timeout)
    return done.stdout, done.returncode
