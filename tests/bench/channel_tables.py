"""The figures of marketplaces and webhooks as tables for a person."""

from typing import Any

from rich.table import Table

from tests.bench.tables import judged, table_of

CALLS = ("first create", "create", "text", "pictures", "price", "stock", "unchanged")
WEBHOOK = {
    "ours": "receive_webhook", "bare": "the same work without anything of ours", "bare_with_a_model": "that, and one pydantic model",
}  # fmt: skip


def channels_table(channels: dict[str, dict[str, Any]]) -> Table:
    """Calls of a listing of two variants and two pictures, and listings a second at the marketplace's rates."""
    table = table_of("calls to the marketplace for one listing", "marketplace", *CALLS, "creates/s", "stock changes/s", "refused")
    for name, one in channels.items():
        refused = judged(one["refused"], 0)
        table.add_row(
            name, *(str(one["calls"][what]) for what in CALLS), f"{one['creates_per_s']:.1f}", f"{one['stock_per_s']:.1f}", refused
        )
    table.caption = (
        "/s: seconds of the marketplace, one worker, no call too many; rates that nobody publishes are assumed to be 20 a second"
    )
    return table


def webhook_table(webhook: dict[str, Any]) -> Table:
    """A process's first answer."""
    table = table_of(
        "a webhook's first answer of a process", "function", "import, CPU ms", "answered, CPU ms", "answered, ms", "ours over it"
    )
    for name, what in WEBHOOK.items():
        one, ratio = webhook[name], webhook.get(f"ratio_to_{name}")
        wall = judged(one["wall_ms"], webhook["aim_ms"]) if name == "ours" else f"{one['wall_ms']:.0f}"
        over = judged(ratio, webhook["aim_ratio"]) if ratio else ""
        table.add_row(what, f"{one['import_ms']:.0f}", f"{one['processor_ms']:.0f}", wall, over)
    table.caption = f"at most {webhook['aim_ratio']} times the bare one, and {webhook['aim_ms']} ms; SnapStart imports nothing at all"
    return table


def pushes_table(pushes: dict[str, Any]) -> Table:
    """What came of many pushes."""
    table = table_of("orders told of by the webhook", "pushes", "orders", "canceled", "CPU ms/push", "lost", "pieces off")
    table.add_row(
        f"{pushes['pushes']:,}", f"{pushes['orders']:,}", f"{pushes['canceled']:,}", f"{pushes['ms_per_push']:.1f}",
        judged(pushes["lost"], 0), judged(pushes["pieces_off"], 0),
    )  # fmt: skip
    table.caption = "a fifth of the pushes told again, none in order"
    return table
