"""What importing a function costs, and that it does nothing else: no client, no connection, no environment needed."""

import json

import pytest

from tests.bench.imports import FUNCTIONS, TARGET_RATIO, measure_imports, run_bare

ROUNDS = (1, 2, 5)
"""A busy machine may spoil a measurement; what is really too heavy fails every time."""

WATCHED = """
import json, sys

done = []

def watch(event, args):
    reads_data = event == "open" and "/onestop/data/" in str(args[0]) and not str(args[0]).endswith((".py", ".pyc"))
    if reads_data or event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        done.append(event)
        raise OSError(f"{{event}} is not allowed here")

sys.addaudithook(watch)
import boto3
from functions.{name} import app
from onestop.adapters.aws import client
print(json.dumps({{"done": done, "clients": client.cache_info().currsize, "session": boto3.DEFAULT_SESSION is not None}}))
"""


def test_every_function_imports_within_a_quarter_over_the_floor():
    """Given fresh processes, when a function is imported, then it takes at most 1.25 of the bare libraries with one client."""
    heavy = list(FUNCTIONS)
    for rounds in ROUNDS:
        measured = measure_imports(rounds, heavy, warm=rounds > 1)
        heavy = [name for name in heavy if measured[name]["import_ratio"] > TARGET_RATIO]
        if not heavy:
            break
    assert {name: round(measured[name]["import_ratio"], 2) for name in heavy} == {}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_importing_a_function_does_no_io(name: str):
    """Given an empty environment, when a function is imported, then it connects to nothing, reads no data and makes no client."""
    assert json.loads(run_bare(WATCHED.format(name=name), region=False)) == {"done": [], "clients": 0, "session": False}
