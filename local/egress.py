"""The egress ledger taken out of a table, and held against itself: ``onestop verify-egress FILE``."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from local.stack import Stack
from onestop.adapters import aws
from onestop.adapters.tables.items import from_item
from onestop.domain.egress.chain import EgressRow, Head


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
