"""The one page of ``onestop up --fake-marketplaces``: what arrived in each market, and a button that buys."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from local.gateway.stalls import Listed, Sku
from local.gateway.town import PICTURES, Town
from local.stack import Stack
from onestop.adapters.objects import Bucket

PAGE = "/_local/marketplaces"
"""Where it lies; orders are posted to ``/order`` below it, pictures to ``/picture``."""
LAST_CALLS = 12
BATCH = re.compile(r"[0-9a-f-]{20,}")
MARKET_NAMES = {
    "SG": "싱가포르 Singapore", "MY": "말레이시아 Malaysia", "PH": "필리핀 Philippines", "TH": "태국 Thailand", "VN": "베트남 Vietnam",
    "ID": "인도네시아 Indonesia", "PK": "파키스탄 Pakistan", "BD": "방글라데시 Bangladesh", "LK": "스리랑카 Sri Lanka", "NP": "네팔 Nepal",
    "ES": "스페인 Spain", "PT": "포르투갈 Portugal", "TR": "튀르키예 Türkiye", "US": "미국 United States", "GB": "영국 United Kingdom",
    "AU": "호주 Australia", "JP": "일본 Japan", "BR": "브라질 Brazil",
}  # fmt: skip


def answer(request: Request, stack: Stack, town: Town) -> Response:
    """The page, a picture on it, or the redirect back to it after an order."""
    if request.path == f"{PAGE}/picture":
        picture = _picture(stack, town, request.args.get("market", ""), request.args.get("url", ""))
        return Response(picture, mimetype="image/jpeg") if picture else Response("no such picture", status=404)
    if request.path == f"{PAGE}/order" and request.method == "POST":
        said = place(stack, town, request.form.get("market", ""), request.form.get("sku", ""))
        return redirect(f"{PAGE}?said={quote(said)}", 303)
    if request.path == PAGE:
        return Response(_page(town, request.args.get("said", ""), is_busy=_is_busy(stack)), mimetype="text/html")
    return Response("no such page", status=404)


def place(stack: Stack, town: Town, market: str, sku: str) -> str:
    """A buyer orders a piece, the marketplace pushes that to our webhook, and the stack does what follows; in words.

    While it works on something else, what follows comes behind that, and nobody waits for the answer.
    """
    was_busy = _is_busy(stack)
    ordered = town.order(market, sku)
    if ordered is None:
        return f"{market}: {sku} 품절 · sold out"
    path, push = ordered
    status, _ = stack.request("POST", path, push.body, push.headers)
    if not was_busy:
        stack.pump()
    return f"{market}: {sku} 1개 주문, 웹훅 응답 {status} · one ordered, the webhook answered {status}"


def review(stack: Stack, town: Town) -> None:
    """What the marketplaces tell our webhook of items that they looked at."""
    for path, push in town.review():
        stack.request("POST", path, push.body, push.headers)


def _is_busy(stack: Stack) -> bool:
    """Whether a message waits anywhere."""
    return any(map(stack.waiting, stack.wiring.sources))


def _page(town: Town, said: str, *, is_busy: bool) -> str:
    listed = town.listed()
    markets = sorted({one.market for one in listed}, key=list(town.stalls).index)
    calls = {market: [BATCH.sub("…", call) for call in town.stalls[market].gateway.calls] for market in markets}
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return environment.get_template("page.html").render(
        page=PAGE, said=said, is_busy=is_busy, markets=[(town.stalls[one], MARKET_NAMES.get(one, one)) for one in markets],
        products=_products(listed), calls={market: (Counter(made).most_common(), made[-LAST_CALLS:]) for market, made in calls.items()},
        total=sum(map(len, calls.values())), picture=_picture_address,
    )  # fmt: skip


def _products(listed: list[Listed]) -> list[Mapping[str, Any]]:
    """Items of all markets that share their SKUs, side by side: SKU -> market -> the variant there."""
    by_skus: dict[str, list[Listed]] = defaultdict(list)
    for one in listed:
        by_skus[min(sku.code for sku in one.skus) if one.skus else one.title].append(one)
    products: list[Mapping[str, Any]] = []
    for items in by_skus.values():
        rows: dict[str, dict[str, Sku]] = defaultdict(dict)
        for item in items:
            for sku in item.skus:
                rows[sku.code][item.market] = sku
        products.append({"items": {item.market: item for item in items}, "rows": rows, "first": items[0]})
    return products


def _picture(stack: Stack, town: Town, market: str, url: str) -> bytes:
    """What the marketplace hosts; of Trendyol, what it would fetch from us."""
    if url.startswith(PICTURES):
        return Bucket(stack.buckets["ResultsBucket"]).read(url.removeprefix(PICTURES)) or b""
    return town.stalls[market].picture(url) if market in town.stalls else b""


def _picture_address(item: Listed) -> str:
    return f"{PAGE}/picture?market={item.market}&url={quote(item.picture, safe='')}"
