"""How long each function takes to import and to be ready, against the least that any such function must load, in fresh processes."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGET_RATIO = 1.25
FUNCTIONS = tuple(sorted(path.parent.name for path in (ROOT / "functions").glob("*/app.py")))
FLOOR = """
import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from pydantic import BaseModel
class Order(BaseModel):
    sku: str
    quantity: int = 0
Logger(service="floor")
imported = time.process_time()
boto3.client("sqs")
"""
READY = """
import functions.{name}.app
imported = time.process_time()
from onestop.adapters.aws import client
client("sqs")
"""
TIMED = """
import time
started = time.process_time()
{code}
print(imported - started, time.process_time() - started)
"""


def measure_imports(rounds: int = 7, functions: Sequence[str] = FUNCTIONS, *, warm: bool = True) -> dict[str, dict[str, float]]:
    """Function -> what importing it takes, and what it takes until its first AWS client is there; ``floor`` is one of them.

    The floor is boto3 with one client, Logger, batch and pydantic with one model. A function makes its clients on first use,
    so ``import_ratio`` compares its import alone with the whole floor; ``ready_ratio`` compares like with like. Times are
    processor milliseconds, the least of some rounds in which all take their turn: what else a machine does only adds. Unless
    it is ``warm``, the first round may write bytecode.
    """
    codes = {"floor": FLOOR, **{name: READY.format(name=name) for name in functions}}
    for code in codes.values() if warm else ():
        processor_ms(code)  # once for nothing: writes the bytecode and fills the page cache
    runs = [{name: processor_ms(code) for name, code in codes.items()} for _ in range(rounds)]
    least = {name: tuple(min(run[name][part] for run in runs) for part in (0, 1)) for name in codes}
    floor_ms = least["floor"][1]
    return {
        name: {"import_ms": imported, "ready_ms": ready, "import_ratio": imported / floor_ms, "ready_ratio": ready / floor_ms}
        for name, (imported, ready) in least.items()
    }


def processor_ms(code: str) -> tuple[float, float]:
    """Milliseconds of processor time that some code takes in a fresh interpreter: up to ``imported``, and in all."""
    imported, ready = (float(seconds) * 1000 for seconds in run_bare(TIMED.format(code=code)).split())
    return imported, ready


def run_bare(code: str, *, region: bool = True) -> str:
    """What some code prints in a fresh interpreter that has nothing in its environment but, if asked for, a region.

    Raises:
        RuntimeError: it failed; the message is what it said.
    """
    environment = {"PYTHONPATH": f"{ROOT}:{ROOT / 'layers/common'}", **({"AWS_DEFAULT_REGION": "ap-northeast-2"} if region else {})}
    done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
