"""The ``onestop`` command: ``run`` a catalogue, ``preview`` other rules, keep the stack ``up``, or play the ``demo``."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from local.egress import verify_command
from local.folder import ANYBODY, seller_of
from local.run import Outcome, play, play_auto
from local.run import Progress as Tell
from local.stack import Stack
from local.template import ROOT
from local.termbase.command import add_commands
from onestop.adapters.packs import markets
from onestop.adapters.rates.chosen import rate_source
from onestop.adapters.rates.embedded import last_published
from onestop.domain.errors import PermanentError
from onestop.domain.findings import Finding
from onestop.steps.ports import RateSource

DEFAULT_MARKETS = ("SG", "TH", "VN")
AUTO = ("AUTO",)
"""As the markets: those that the catalogue fits."""

UNREADABLE = 2
"""Exit status when the input could not be read at all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; its exit status."""
    options = parser().parse_args(arguments)
    console = Console()
    try:
        return int(options.command(options, console))
    except PermanentError as error:
        tell(console, error.findings)
        return UNREADABLE


def parser() -> argparse.ArgumentParser:
    """The command's grammar."""
    whole = argparse.ArgumentParser(prog="onestop", description="One upload, every market: the whole stack on this machine.")
    commands = whole.add_subparsers(required=True)
    run = commands.add_parser("run", help="adapt a catalogue (a file, or a folder with pictures) and write the results to a folder")
    run.add_argument("path", type=Path, nargs="+", metavar="PATH")
    run.add_argument("--demand", type=Path, metavar="DIR", help="keyword reports as DIR/<MARKET>/<file>, which --markets auto goes by")
    run.set_defaults(command=run_command)
    demo = commands.add_parser("demo", help="play an upload, an exchange-rate refresh and a signed order")
    demo.add_argument("path", type=Path, metavar="PATH", nargs="?", default=ROOT / "events/uploads/demo-seller")
    demo.set_defaults(command=demo_command)
    preview = commands.add_parser("preview", help="what each marketplace would be told; with --to, which prices another day's rules move")
    preview.add_argument("path", type=Path, metavar="PATH")
    preview.add_argument("--to", type=date.fromisoformat, metavar="DATE", help="the other day, such as 2026-01-01")
    preview.set_defaults(command=preview_command)
    up = commands.add_parser("up", help="keep the stack running: a folder is the bucket, webhooks listen on a port")
    up.add_argument("--folder", type=Path, default=Path("out/uploads"), help="drop <seller>/<file> here (default: out/uploads)")
    up.add_argument("--port", type=int, default=8787, help="where webhooks listen (default: 8787)")
    up.add_argument("--fake-marketplaces", action="store_true", help="play the marketplaces too, with a page to look at and to buy from")
    up.add_argument("--seller", default=ANYBODY, help=f"whose stores the fake marketplaces keep (default: {ANYBODY})")
    up.set_defaults(command=up_command)
    rates = commands.add_parser("rates", help="show what is decided about each day's exchange rates, and why")
    rates.add_argument("--days", type=int, default=5, help="so many days up to --as-of (default: 5)")
    rates.add_argument("--currencies", type=_codes, help="comma-separated, such as SGD,THB; default: all")
    rates.set_defaults(command=rates_command)
    _add_demand(commands)
    add_commands(commands)
    _add_verify(commands)
    for command in (run, preview, demo, up, rates):
        command.add_argument("--out", type=Path, default=Path("out"), help="results go here (default: out)")
        command.add_argument("--rates", type=Path, help="exchange rates, CSV or JSON, KRW per unit; default: the ECB history of a package")
        command.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="price as of this day; default: the rates' last day")
    for command in (run, preview, demo):
        command.add_argument("--seller", help="seller id; default: the folder's name, or my-shop")
        command.add_argument("--markets", type=_codes, help="comma-separated, such as SG,TH, or auto; default: the settings, or SG,TH,VN")
    return whole


def _add_demand(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demand = commands.add_parser("demand", help="show what a keyword report holds, or what its words are worth to a product")
    demand.add_argument("path", type=Path, metavar="PATH")
    demand.add_argument("--market", required=True, type=str.upper, help="whose buyers searched, such as TH")
    demand.add_argument("--head", type=_words, default=(), help="what a product is, comma-separated: ranks the words for it")
    demand.add_argument("--also", type=_words, default=(), help="what else is true of it, comma-separated")
    demand.set_defaults(command=demand_command)


def _add_verify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    verify = commands.add_parser("verify-egress", help="hold an exported egress ledger against itself: changed, lost or moved rows show")
    verify.add_argument("path", type=Path, metavar="FILE", help="what 'aws dynamodb scan --output json' prints, or an export's lines")
    verify.add_argument("--heads", type=Path, help="where the streams stood at the last check; kept up to date by each check")
    verify.set_defaults(command=verify_command)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


@contextmanager
def stack_for(options: argparse.Namespace, parameters: dict[str, str] | None = None, kind: type[Stack] = Stack) -> Iterator[Stack]:
    """A running stack with the rates and the day that the options ask for; its logs go to ``<out>/logs.jsonl``.

    Raises:
        PermanentError: FX_FILE_INVALID, FX_CURRENCY_MISSING.
    """
    options.out.mkdir(parents=True, exist_ok=True)
    source = f"file:{options.rates.resolve()}" if options.rates else "embedded"
    _require_rates(rate_source(source), options)
    with (options.out / "logs.jsonl").open("w", encoding="utf-8") as logs, kind(parameters or {}, logs=logs) as stack:
        stack.rates_from(source)
        stack.live_on(last_day(options))
        yield stack


def _require_rates(source: RateSource, options: argparse.Namespace) -> None:
    """Nothing, when there is a rate for each market that is asked for; a file may lack those of others."""
    for code in (getattr(options, "markets", None) or DEFAULT_MARKETS) if options.rates else ():
        source.observations((markets().get(code).currency,), last_day(options))


def last_day(options: argparse.Namespace) -> date:
    """The day to live on: as asked; else today with a rate file, or the last day that the carried history knows."""
    asked: date | None = options.as_of
    return asked or (datetime.now(UTC).date() if options.rates else last_published())


@contextmanager
def bar(console: Console, title: str) -> Iterator[Tell]:
    """A progress bar; what it gives is told (done, total)."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed}/{task.total}"), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(title, total=None)

        def tell_progress(done: int, total: int) -> None:
            progress.update(task, completed=done, total=max(done, total))

        yield tell_progress
        progress.update(task, total=progress.tasks[task].completed)


def run_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop run``."""
    with stack_for(options) as stack:
        outcomes = []
        for path in options.path:
            if not path.exists():
                console.print(f"[red]{path}: 파일이 없습니다 · no such file")
                return UNREADABLE
            seller_id = options.seller or seller_of(path)
            out = options.out if len(options.path) == 1 else options.out / path.stem
            with bar(console, path.name) as progress:
                if options.markets == AUTO:
                    outcome, _ = play_auto(stack, path, seller_id=seller_id, demand=options.demand, out=out, progress=progress)
                else:
                    outcome = play(stack, path, seller_id=seller_id, markets=options.markets, out=out, progress=progress)
            if options.markets == AUTO:
                tell_fit(console, outcome.summary.get("market_fit", []))
            show(console, outcome, out)
            outcomes.append(outcome)
    return 0 if any(outcome.readable for outcome in outcomes) else UNREADABLE


def tell_fit(console: Console, fits: Sequence[dict[str, Any]]) -> None:
    """Which markets the catalogue fits, best first, and why."""
    if not fits:
        console.print("검색어 보고서가 없어 모든 나라로 보냅니다 · no keyword report, so every market is taken (--demand DIR)")
    for one in fits:
        first = ", ".join(f"{fit['sku']} ({escape(fit['keyword'])})" for fit in one["first"][:3])
        console.print(f"[bold]{one['market']}[/bold] {one['score']}  {one['why_ko']} {first}", soft_wrap=True)


def demand_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop demand``."""
    from local.demand import reading, show

    if not options.path.is_file():
        console.print(f"[red]{options.path}: 파일이 없습니다 · no such file")
        return UNREADABLE
    markets().get(options.market)
    with reading(options.path, options.market) as report:
        tell(console, report.findings)
        show(console, report, options.head, options.also)
    return 0


def demo_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop demo``."""
    from local.demo import play_demo

    return play_demo(options, console)


def preview_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop preview``."""
    from local.payloads import preview_payloads
    from local.preview import preview_rules

    return preview_rules(options, console) if options.to else preview_payloads(options, console)


def up_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop up``."""
    from local.up import keep_up

    return keep_up(options, console)


def rates_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop rates``."""
    from local.rates import show_rates

    with stack_for(options) as stack:
        return show_rates(stack, last_day(options), options.days, options.currencies, console)


def show(console: Console, outcome: Outcome, out: Path) -> None:
    """A short table of what went where, and where to read more."""
    for upload in outcome.uploads:
        tell(console, upload.findings)
    summary = outcome.summary
    if outcome.readable:
        table = Table(title=f"{summary['products']} products in {outcome.seconds:.1f} s", title_justify="left")
        withdrawn = any(counts.get("withdrawn") for counts in summary["listings"].values())
        statuses = ("ready", "needs_review", "blocked", *(("withdrawn",) if withdrawn else ()))
        for column in ("market", *statuses):
            table.add_column(column.replace("_", " "), justify="left" if column == "market" else "right")
        for market, counts in summary["listings"].items():
            table.add_row(market, *(str(counts.get(status, 0)) for status in statuses))
        console.print(table)
    console.print(f"report: [bold]{out / 'report.html'}[/bold]", soft_wrap=True)


def tell(console: Console, findings: Sequence[Finding]) -> None:
    """Findings in Korean and English, with what to do."""
    for finding in findings:
        console.print(f"[red]{finding.code}[/red] {finding.message_ko} {finding.fix}")
        console.print(f"  {finding.message_en} {finding.fix_en}", style="dim")


if __name__ == "__main__":
    sys.exit(main())
