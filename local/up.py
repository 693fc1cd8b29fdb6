"""``onestop up``: the stack stays; a folder is the uploads bucket, webhooks listen on a loopback port."""

import argparse
import threading
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from local.cli import stack_for
from local.folder import fetch_results
from local.run import current_upload
from local.stack import Stack
from onestop.domain.catalog.dropped import PICTURE_SUFFIXES, DroppedFile

LOOK_EVERY_S = 1.0
"""How often the folder is looked at."""

CONTROL = "/_local/schedules/"
"""POST here to let a schedule go off by hand."""


def keep_up(options: argparse.Namespace, console: Console) -> int:
    """Run until interrupted; the exit status."""
    options.folder.mkdir(parents=True, exist_ok=True)
    lock = threading.Lock()
    with stack_for(options) as stack:
        for schedule in stack.wiring.schedules:
            stack.fire(schedule)
        server = make_server("127.0.0.1", options.port, web(stack, lock), threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        console.print(f"drop files:  {options.folder}/<seller>/…   results: {options.out}/<seller>/…")
        console.print(f"webhooks:    POST http://127.0.0.1:{options.port}/webhooks/<partner>")
        for schedule in stack.wiring.schedules:
            console.print(f"schedule:    POST http://127.0.0.1:{options.port}{CONTROL}{schedule}")
        try:
            watch(stack, options.folder, options.out, console, lock)
        except KeyboardInterrupt:
            console.print("stopped")
        finally:
            server.shutdown()
    return 0


def web(stack: Stack, lock: threading.Lock) -> Any:
    """A WSGI application: the template's HTTP API, and the schedules to fire by hand."""

    @Request.application
    def answer(request: Request) -> Response:
        with lock:
            if request.method == "POST" and request.path.startswith(CONTROL):
                return _fire(stack, request.path.removeprefix(CONTROL))
            status, body = stack.request(request.method, request.path, request.get_data(), dict(request.headers))
            stack.pump()
        return Response(body, status=status)

    return answer


def _fire(stack: Stack, schedule: str) -> Response:
    if schedule not in stack.wiring.schedules:
        return Response("unknown schedule", status=404)
    told = stack.fire(schedule)
    stack.pump()
    return Response(str(told))


def watch(stack: Stack, folder: Path, out: Path, console: Console, lock: threading.Lock, *, rounds: int | None = None) -> None:
    """Upload what appears or changes in the folder, and fetch what comes of it; ``rounds`` ends it for tests."""
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
                _take(stack, str(file.relative_to(folder)), file.read_bytes(), out, console)
        if rounds is not None:
            rounds -= 1
        else:
            time.sleep(LOOK_EVERY_S)


def _take(stack: Stack, key: str, data: bytes, out: Path, console: Console) -> None:
    stack.upload(key, data)
    stack.pump()
    seller_id = key.partition("/")[0]
    upload = current_upload(stack, seller_id, key)
    console.print(f"{key}: {upload.state.value if upload else 'kept'}")
    if upload and (upload.profile or upload.findings):
        place = out / seller_id / Path(key).stem
        fetch_results(stack, DroppedFile(key=key, etag=upload.etag, dropped_at=upload.received_at), place)
        console.print(f"  {place / 'report.html'}")
