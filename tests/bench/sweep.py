"""What a sweep of re-pricing costs in AWS calls, through the deployed wiring, where no listing's rate moved enough.

``python -m tests.bench.sweep`` prints its figures.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from local.demo import FIRST_DAY
from onestop.adapters.tables.items import Table
from tests.support.watched_stack import WatchedStack

LISTINGS = 5_000
MOST_CALLS_PER_100 = 1
_READS = ("dynamodb:Get", "dynamodb:Query", "dynamodb:Scan", "dynamodb:BatchGet")


def measure_sweep(count: int = LISTINGS) -> dict[str, Any]:
    """Calls and CPU seconds of one sweep over a market's listings, all priced at the rate that comes into force."""
    with WatchedStack() as stack, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rates.csv"
        stack.rates_from(f"file:{path}")
        _take_in(stack, path, "1000")
        stack.pump()
        Table(stack.tables["ListingsTable"]).put_many([_listing(number, "1015") for number in range(count)])
        _take_in(stack, path, "1015")
        before, started = stack.meter.calls.copy(), time.process_time()
        stack.pump()
        cpu_s, made = time.process_time() - started, Counter[str]()
        for (function, operation), calls in (stack.meter.calls - before).items():
            made[operation] += calls if function else 0
    reads = sum(calls for operation, calls in made.items() if operation.startswith(_READS))
    return {
        "listings": count, "reads": reads, "other_calls": sum(made.values()) - reads, "calls": dict(made), "cpu_s": cpu_s,
        "reads_per_100": reads * 100 / count, "most_reads_per_100": MOST_CALLS_PER_100,
    }  # fmt: skip


def _take_in(stack: WatchedStack, path: Path, krw_per_sgd: str) -> None:
    """One more day's rate of the Singapore dollar, judged; the sweep that it causes waits in its queue."""
    lines = path.read_text().splitlines() if path.exists() else ["currency,krw_per_unit,as_of"]
    day = FIRST_DAY + timedelta(days=len(lines))
    path.write_text("\n".join([*lines, f"SGD,{krw_per_sgd},{day}"]))
    stack.live_on(day)
    stack.fire(stack.wiring.schedule_of("RefreshFxFunction"))


def _listing(number: int, rate: str) -> dict[str, object]:
    """As much of a listing as a market's index knows."""
    return {"pk": f"product#big-shop#B-{number:05}", "sk": "market#SG", "market": "SG", "revision": 1, "priced": rate}


if __name__ == "__main__":
    json.dump(measure_sweep(), sys.stdout, indent=2)
