"""The egress ledger taken out of a table, and held against itself: ``onestop verify-egress FILE``."""

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.tables.items import from_item
from onestop.domain.egress.chain import EgressRow, Head, faults

FORGED = 1
"""Exit status when something in the ledger does not fit."""
UNREADABLE = 2


SAID = {
    "changed": "바뀌었습니다 · says something else than when it was written",
    "missing": "없어졌습니다 · is gone",
    "moved": "자리가 바뀌었습니다 · stands at another place than it was written for",
    "cut": "이 뒤가 잘렸습니다 · is where this stream stood, and is not there",
}
"""Kind of fault -> in words, Korean and English."""


class Ledger(NamedTuple):
    """What an export holds: rows in the order of the file, and where each stream stands by the table's own word."""

    rows: list[EgressRow]
    heads: dict[str, Head]


def exported(stack: Stack) -> Ledger:
    """The ledger of a running stack."""
    pages = aws.client("dynamodb").get_paginator("scan").paginate(TableName=stack.tables["EgressTable"])
    return _ledger(from_item(item) for page in pages for item in page["Items"])


def read_ledger(path: Path) -> Ledger:
    """An export: what ``aws dynamodb scan --output json`` prints, the lines of an export to S3, or what ``write_ledger`` wrote.

    Raises:
        ValueError: it is none of these.
    """
    text = path.read_text(encoding="utf-8")
    try:
        documents = [json.loads(text)]
    except ValueError:
        documents = [json.loads(line) for line in text.splitlines() if line.strip()]
    found: list[Mapping[str, Any]] = []
    for document in documents:
        found += document["Items"] if "Items" in document else [document.get("Item", document)]
    return _ledger(from_item(one) if isinstance(one["pk"], dict) else one for one in found)


def write_ledger(stack: Stack, path: Path) -> int:
    """Write the ledger of a running stack, one JSON object a line; how many rows it has."""
    ledger = exported(stack)
    lines: list[dict[str, Any]] = [
        {"pk": f"stream#{row.stream}", "sk": f"row#{row.seq:09d}", "body": row.model_dump_json()} for row in ledger.rows
    ]
    lines += [{"pk": f"stream#{stream}", "sk": "head", "seq": head.seq, "hash": head.hash} for stream, head in ledger.heads.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return len(ledger.rows)


def _ledger(items: Iterable[Mapping[str, Any]]) -> Ledger:
    rows: list[EgressRow] = []
    heads: dict[str, Head] = {}
    for item in items:
        if item["sk"] == "head":
            heads[str(item["pk"]).removeprefix("stream#")] = Head(int(item["seq"]), str(item["hash"]))
        else:
            rows.append(EgressRow.model_validate_json(item["body"]))
    return Ledger(rows, heads)


def verify_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop verify-egress``: what went to whom, and what does not fit; 1 when anything does not, 2 when the file is no ledger."""
    try:
        ledger = read_ledger(options.path)
        seen = _seen(options.heads)
    except (ValueError, KeyError, TypeError, OSError) as error:
        console.print(f"[red]읽을 수 없는 파일입니다 · not readable:[/red] {escape(type(error).__name__)}", highlight=False)
        return UNREADABLE
    found = faults(ledger.rows, ledger.heads, seen)
    console.print(_summary(ledger.rows))
    for fault in found:
        console.print(f"[red]{escape(fault.stream)} {fault.seq}:[/red] {SAID[fault.kind]}", highlight=False)
    refused = sum(bool(row.refused) for row in ledger.rows)
    console.print(f"{len(ledger.rows)} rows in {len(ledger.heads)} streams, {refused} refused calls, {len(found)} faults")
    if options.heads and not found:
        kept = {stream: [head.seq, head.hash] for stream, head in (seen | ledger.heads).items()}
        options.heads.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    return FORGED if found else 0


def _seen(path: Path | None) -> dict[str, Head]:
    if path is None or not path.exists():
        return {}
    return {stream: Head(int(seq), str(hash_)) for stream, (seq, hash_) in json.loads(path.read_text(encoding="utf-8")).items()}


def _summary(rows: Iterable[EgressRow]) -> Table:
    told: dict[tuple[str, str], list[EgressRow]] = {}
    for row in rows:
        told.setdefault((row.partner, row.purpose), []).append(row)
    table = Table("partner", "purpose", "calls", "fields", title="what left", title_justify="left")
    for (partner, purpose), own in sorted(told.items()):
        names = sorted({name for row in own for name in row.fields})
        table.add_row(partner, purpose, str(len(own)), escape(", ".join(names)))
    return table
