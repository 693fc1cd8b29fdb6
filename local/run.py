"""One upload played from the dropped file to the report."""

import json
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from local.folder import drop, fetch_results
from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.packs import markets as known_markets
from onestop.adapters.tables.catalog import CatalogTable
from onestop.domain.catalog.dropped import DroppedFile
from onestop.domain.catalog.upload import Upload, UploadState
from onestop.steps.products import report

STEPS_PER_PRODUCT = 5
"""Text, price, pictures, assembly, publication."""

Progress = Callable[[int, int], None]
"""Told how many deliveries are done, and how many there will be as far as is known."""


@dataclass
class Outcome:
    """What one played upload came to."""

    uploads: list[Upload] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def readable(self) -> bool:
        """Whether any of the files could be read."""
        return any(upload.state is not UploadState.REJECTED for upload in self.uploads)


def play(stack: Stack, path: Path, *, seller_id: str, markets: tuple[str, ...] | None, out: Path, progress: Progress) -> Outcome:
    """Refresh the rates, drop the files, pump until all is quiet, and put the results into ``out``.

    Raises:
        PermanentError: MARKET_UNKNOWN.
    """
    for code in markets or ():
        known_markets().get(code)
    started = time.perf_counter()
    stack.fire(stack.wiring.schedule_of("RefreshFxFunction"))
    keys = drop(stack, seller_id, path, markets=markets)
    pump(stack, progress)
    outcome = Outcome(uploads=[upload for key in keys if (upload := current_upload(stack, seller_id, key))])
    outcome.seconds = time.perf_counter() - started
    for upload in outcome.uploads:
        save(stack, upload, out, outcome)
    return outcome


def play_auto(
    stack: Stack, path: Path, *, seller_id: str, demand: Path | None, out: Path, progress: Progress
) -> tuple[Outcome, tuple[str, ...]]:  # fmt: skip
    """Play an upload in every market, then leave it in those that it fits by demand, price and readiness; the markets, best first.

    Where no keyword report says anything, it stays in every market and no market is named.

    Args:
        demand: a folder of keyword reports like the demand bucket, ``<MARKET>/<file>``.
    """
    for file in sorted(demand.glob("*/*")) if demand else ():
        stack.upload(f"{file.parent.name}/{file.name}", file.read_bytes(), bucket="DemandBucket")
    everywhere = tuple(sorted(known_markets().by_code))
    outcome = play(stack, path, seller_id=seller_id, markets=everywhere, out=out, progress=progress)
    fits = outcome.summary.get("market_fit", [])
    chosen = tuple(one["market"] for one in fits if one["fitting"])
    if chosen and set(chosen) != set(everywhere):
        outcome = play(stack, path, seller_id=seller_id, markets=chosen, out=out, progress=progress)
    outcome.summary["market_fit"] = fits
    return outcome, chosen


def pump(stack: Stack, progress: Progress) -> None:
    """Deliver everything, telling the progress."""
    before, delivered = Counter(stack.meter.sent), Counter[str]()

    def on_batch(function: str, records: int) -> None:
        delivered[function] += records
        sent = stack.meter.sent - before
        progress(delivered.total(), max(sent.total(), STEPS_PER_PRODUCT * sent["AdaptTextQueue"]))

    stack.pump(on_batch=on_batch)


def current_upload(stack: Stack, seller_id: str, key: str) -> Upload | None:
    """What the stack knows of a dropped file."""
    return CatalogTable(stack.tables["CatalogTable"]).current_upload(seller_id, key)


def report_again(stack: Stack, upload: Upload, out: Path, outcome: Outcome) -> None:
    """Have the upload reported anew, as it stands now."""
    body = report(upload.seller_id, upload.upload_id, at=upload.received_at).model_dump_json()
    aws.client("sqs").send_message(QueueUrl=stack.queues["ReportUploadQueue"], MessageBody=body)
    stack.pump()
    save(stack, upload, out, outcome)


def save(stack: Stack, upload: Upload, out: Path, outcome: Outcome) -> None:
    """Copy an upload's results into ``out``, and complete its summary with what running cost."""
    dropped = DroppedFile(key=upload.key, etag=upload.etag, dropped_at=upload.received_at)
    fetch_results(stack, dropped, out)
    path = out / "summary.json"
    if not path.exists():
        return
    summary = json.loads(path.read_text(encoding="utf-8"))
    products = max(1, summary["products"])
    summary["seconds"] = round(outcome.seconds, 2)
    summary["seconds_per_step"] = {name: round(seconds, 3) for name, seconds in sorted(stack.meter.seconds.items())}
    calls: Counter[str] = Counter()
    for (function, _), count in stack.meter.calls.items():
        calls[function] += count if function else 0
    summary["aws_calls_per_product"] = {name: round(count / products, 2) for name, count in sorted(calls.items()) if name}
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    outcome.summary = summary
