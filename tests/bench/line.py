"""One upload of N products through the deployed wiring, measured in a process of its own: ``python -m tests.bench.line N``."""

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from local.invocation import Context
from local.run import current_upload
from local.stack import Stack
from onestop.adapters.objects import Bucket
from onestop.steps.report_upload import results_prefix
from tests.bench.catalogue import pictures, sheet

DAY = date(2026, 10, 30)
SELLER, CATALOGUE = "bench-shop", "catalogue.csv"
STEPS = ("ReceiveUpload", "AdaptText", "AdaptPrice", "AdaptImages", "AssembleListing", "PublishListing", "ReportUpload")
WARM_UP = 12
"""Products of another shop that go first, so that neither size pays for what is loaded on first use."""


class MeteredStack(Stack):
    """A stack that also notes each function's processor seconds."""

    def __init__(self) -> None:
        """Nothing has run yet."""
        super().__init__()
        self.cpu_s: defaultdict[str, float] = defaultdict(float)

    def invoke(self, function: str, event: dict[str, Any], *, context: Context | None = None) -> Any:
        """Call a function, as the stack does."""
        started = time.process_time()
        try:
            return super().invoke(function, event, context=context)
        finally:
            self.cpu_s[function] += time.process_time() - started


def measure_line(products: int) -> dict[str, Any]:
    """What an upload of this many products costs, from the dropped files to the report, after a small one has gone first."""
    with MeteredStack() as stack:
        stack.live_on(DAY)
        for schedule in stack.wiring.schedules:
            stack.fire(schedule)
        _play(stack, "warm-up", WARM_UP)
        cpu_before, calls_before, wall_before = dict(stack.cpu_s), stack.meter.calls.copy(), dict(stack.meter.seconds)
        cpu_s, wall_s = _timed(lambda: _play(stack, SELLER, products))
        calls = stack.meter.calls - calls_before
        steps = {}
        for step in STEPS:
            function = f"{step}Function"
            made = {operation: count for (caller, operation), count in calls.items() if caller == function}
            spent = stack.cpu_s[function] - cpu_before[function], stack.meter.seconds[function] - wall_before[function]
            steps[step] = _step_figures(products, *spent, made)
        listings = _listings(stack, products)
    return {
        "products": products, "listings": listings, "cpu_s": cpu_s, "wall_s": wall_s, "cpu_ms_per_product": cpu_s / products * 1000,
        "products_per_s": products / wall_s, "aws_calls_per_product": sum(step["aws_calls_per_product"] for step in steps.values()),
        "peak_memory_mib": _peak_mib(), "steps": steps, "pump_cpu_s": cpu_s - sum(step["cpu_s"] for step in steps.values()),
    }  # fmt: skip


def _play(stack: Stack, seller_id: str, products: int) -> None:
    for name, data in pictures(products):
        stack.upload(f"{seller_id}/{name}", data)
    stack.pump()
    stack.upload(f"{seller_id}/{CATALOGUE}", sheet(products))
    stack.pump()


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - cpu, time.perf_counter() - wall


def _step_figures(products: int, cpu_s: float, wall_s: float, calls: dict[str, int]) -> dict[str, Any]:
    return {
        "cpu_s": cpu_s, "cpu_ms_per_product": cpu_s / products * 1000, "products_per_s": products / wall_s,
        "aws_calls_per_product": sum(calls.values()) / products,
        "aws_calls": {operation: count / products for operation, count in sorted(calls.items())},
    }  # fmt: skip


def _listings(stack: Stack, products: int) -> dict[str, dict[str, int]]:
    """Market -> status -> listings, as the upload's own summary says.

    Raises:
        RuntimeError: not every product went through, so that the figures would say nothing.
    """
    upload = current_upload(stack, SELLER, f"{SELLER}/{CATALOGUE}")
    data = Bucket(stack.buckets["ResultsBucket"]).read(f"{results_prefix(SELLER, upload.upload_id)}summary.json") if upload else None
    summary = json.loads(data or "{}")
    if summary.get("products") != products:
        raise RuntimeError(f"{summary.get('products', 0)} of {products} products went through")
    listings: dict[str, dict[str, int]] = summary["listings"]
    return listings


def _peak_mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 if sys.platform != "darwin" else peak / 1024**2


if __name__ == "__main__":
    json.dump(measure_line(int(sys.argv[1])), sys.stdout)
