"""``onestop up``: the stack stays; a folder is the uploads bucket, webhooks listen on a loopback port."""

import argparse
import json
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from datetime import time as clock_time
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError
from rich.console import Console
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from local.cli import last_day, stack_for
from local.egress import write_ledger
from local.folder import fetch_results
from local.gateway.page import PAGE, answer, review
from local.gateway.serving import serve
from local.gateway.town import Town
from local.run import current_upload
from local.stack import Stack
from onestop.adapters.packs import markets
from onestop.domain.catalog.dropped import PICTURE_SUFFIXES, DroppedFile
from onestop.domain.errors import PermanentError

LOOK_EVERY_S = 1.0
"""How often the folder is looked at."""

TURN_S = 0.002
"""So long others may take the lock between two batches."""

SECRETS = {"PartnerSecretsName": "onestop/partner-webhooks", "MarketplaceSecretsName": "onestop/marketplaces"}
"""Where the secrets of the fake marketplaces lie."""

CONTROL = "/_local/schedules/"
"""POST here to let a schedule go off by hand."""

ORDERS = "/_local/orders"
"""POST an operator's order, such as ``{"pause": {"market": "TH"}}``, here."""


class Told(WSGIRequestHandler):
    """Says on the console what was called, but not every look at the page of the marketplaces, which asks for itself all the time."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """One line a call."""
        if not self.path.startswith(PAGE):
            super().log_request(code, size)


class PatientStack(Stack):
    """A stack in which a delayed message waits, as long as somebody pumps now and then."""

    def __enter__(self) -> Self:
        """Stand the stack up."""
        self._later: set[tuple[str, float]] = set()
        return super().__enter__()

    def pump(self, **told: Any) -> int:
        """Deliver what may be delivered now."""
        due = {one for one in self._later if one[1] <= time.monotonic()}
        self._later -= due
        self._waiting |= {queue for queue, _ in due}
        return super().pump(**told)

    def _seen(self, params: dict[str, Any], model: Any, **others: Any) -> None:
        delays = [entry.get("DelaySeconds", 0) for entry in params.get("Entries", [])] if model.name == "SendMessageBatch" else []
        super()._seen(params, model, **others)
        for entry, delay_s in zip(params.get("Entries", []), delays, strict=False):
            entry["DelaySeconds"] = delay_s
            if delay_s:
                self._later.add((self._by_url[params["QueueUrl"]], time.monotonic() + delay_s + 0.5))


def keep_up(options: argparse.Namespace, console: Console) -> int:
    """Run until interrupted; the exit status."""
    options.folder.mkdir(parents=True, exist_ok=True)
    lock = threading.Lock()
    with ExitStack() as cleanup:
        town = fake_marketplaces(options) if options.fake_marketplaces else None
        stack = cleanup.enter_context(stack_for(options, SECRETS if town else None, PatientStack))
        if town:
            open_stores(stack, town, cleanup, options.seller)
            console.print(f"marketplaces: [bold]http://127.0.0.1:{options.port}{PAGE}[/bold]  (the stores are {options.seller}'s)")
        for schedule in stack.wiring.schedules:
            stack.fire(schedule)
        server = make_server("127.0.0.1", options.port, web(stack, lock, town), threaded=True, request_handler=Told)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        console.print(f"drop files:  {options.folder}/<seller>/…   results: {options.out}/<seller>/…")
        console.print(f"webhooks:    POST http://127.0.0.1:{options.port}/webhooks/<partner>")
        for schedule in stack.wiring.schedules:
            console.print(f"schedule:    POST http://127.0.0.1:{options.port}{CONTROL}{schedule}")
        console.print(f"orders:      POST http://127.0.0.1:{options.port}{ORDERS}")
        try:
            watch(stack, options.folder, options.out, console, lock, town=town)
        except KeyboardInterrupt:
            console.print("stopped")
        finally:
            server.shutdown()
            write_ledger(stack, options.out / "egress.jsonl")
    return 0


def fake_marketplaces(options: argparse.Namespace) -> Town:
    """A store in every country; what they tell says that it is the day that the stack lives on."""
    noon = datetime.combine(last_day(options), clock_time(12), tzinfo=UTC).timestamp()
    return Town({code: market.channel for code, market in markets().by_code.items()}, told_at=lambda: noon)


def open_stores(stack: Stack, town: Town, cleanup: ExitStack, seller_id: str) -> None:
    """Let the marketplaces be reached, and the stack know whose stores they are."""
    address = cleanup.enter_context(serve(town.app, ""))
    for name, document in zip(SECRETS.values(), town.secrets(address, seller_id), strict=True):
        stack.keep_secret(name, document)


def web(stack: Stack, lock: threading.Lock, town: Town | None = None) -> Any:
    """A WSGI application: the template's HTTP API, the schedules to fire by hand, and the page of the marketplaces."""

    @Request.application
    def respond(request: Request) -> Response:
        with lock:
            if town and request.path.startswith(PAGE):
                return answer(request, stack, town)
            if request.method == "POST" and request.path.startswith(CONTROL):
                return _fire(stack, request.path.removeprefix(CONTROL))
            if request.method == "POST" and request.path == ORDERS:
                return _order(stack, request)
            status, body = stack.request(request.method, request.path, request.get_data(), dict(request.headers))
            stack.pump()
        return Response(body, status=status)

    return respond


def _fire(stack: Stack, schedule: str) -> Response:
    if schedule not in stack.wiring.schedules:
        return Response("unknown schedule", status=404)
    told = stack.fire(schedule)
    stack.pump()
    return Response(str(told))


def _order(stack: Stack, request: Request) -> Response:
    """What the operator's word comes to, or why it is none."""
    try:
        told = stack.invoke("PublishListingFunction", request.get_json())
    except (ValidationError, PermanentError) as error:
        return Response(str(error), status=400)
    stack.pump()
    return Response(json.dumps(told, ensure_ascii=False), mimetype="application/json")


def watch(
    stack: Stack, folder: Path, out: Path, console: Console, lock: threading.Lock, *, town: Town | None = None, rounds: int | None = None
) -> None:  # fmt: skip
    """Upload what appears or changes in the folder, and fetch what comes of it; ``rounds`` ends it for tests.

    Marketplaces look at what is new meanwhile.
    """
    seen: dict[Path, tuple[int, int]] = {}
    while rounds is None or rounds > 0:
        files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        for file in sorted(files, key=lambda path: (path.suffix.lower() not in PICTURE_SUFFIXES, path.name != "settings.json", path)):
            stat = file.stat()
            state = (stat.st_mtime_ns, stat.st_size)
            if seen.get(file) == state:
                continue
            seen[file] = state
            with lock:
                _take(stack, str(file.relative_to(folder)), file.read_bytes(), out, console, lock)
        with lock:
            if town:
                review(stack, town)
            work(stack, lock)
        if rounds is not None:
            rounds -= 1
        else:
            time.sleep(LOOK_EVERY_S)


def work(stack: Stack, lock: threading.Lock) -> None:
    """Do all that waits, holding the lock; between two batches whoever waits for it has a turn, so that no page has to wait for it all."""

    def give_way(_function: str, _records: int) -> None:
        lock.release()
        time.sleep(TURN_S)
        lock.acquire()

    stack.pump(on_batch=give_way)


def _take(stack: Stack, key: str, data: bytes, out: Path, console: Console, lock: threading.Lock) -> None:
    stack.upload(key, data)
    work(stack, lock)
    seller_id = key.partition("/")[0]
    upload = current_upload(stack, seller_id, key)
    console.print(f"{key}: {upload.state.value if upload else 'kept'}")
    if upload and (upload.profile or upload.findings):
        place = out / seller_id / Path(key).stem
        fetch_results(stack, DroppedFile(key=key, etag=upload.etag, dropped_at=upload.received_at), place)
        console.print(f"  {place / 'report.html'}")
