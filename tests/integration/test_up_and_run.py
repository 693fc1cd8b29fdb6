"""The command on small catalogues: what ``onestop run`` leaves behind, and what ``onestop up`` does with files and requests."""

import html
import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from werkzeug.test import Client

from local.cli import UNREADABLE, main
from local.gateway.page import PAGE
from local.gateway.serving import serve
from local.gateway.town import Town
from local.stack import Stack
from local.up import CONTROL, watch, web, work
from onestop.adapters.secrets import secret
from onestop.domain.channels.iop import push_signature
from tests.conftest import DAY, DEMO, refresh

HEAD = "sku,title,price_krw,cost_krw,stock,weight_g,category,image_1"
PENS = "A-2,젤펜 0.5mm 12색 세트,9900,3900,310,160,문구>젤펜,pens.jpg"
SECRETS, STORES = "command/partner-webhooks", "command/marketplaces"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A seller's folder: a catalogue with Hangul, a space and a plus in its name, and the picture it names."""
    shop = tmp_path / "kim-shop"
    shop.mkdir()
    (shop / "봄 신상품+1.csv").write_text("\n".join([HEAD, PENS]), encoding="utf-8")
    (shop / "pens.jpg").write_bytes(min((DEMO / "pictures").glob("*.jpg")).read_bytes())
    return shop


def left(out: Path) -> set[str]:
    """The files in a folder, each picture by its folder only; the marked file that goes back to the seller is not looked at."""
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    return {name if not name.startswith("media/") else "media/…" for name in names if not name.startswith("returned/")}


def prices(out: Path, market: str) -> list[dict[str, Any]]:
    """The price of each listing of a market."""
    return [json.loads(line)["price"] for line in (out / f"listings/{market}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_coming_rule_is_previewed(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given Thai duty from the first baht on 2026-01-01, when it is previewed the day before, then Thai prices move and no other."""
    out = tmp_path / "out"

    dates = ["--as-of", "2025-12-31", "--to", "2026-01-01"]
    assert main(["preview", str(folder), "--markets", "SG,TH", "--out", str(out), *dates]) == 0

    _, *rows = (line.split(",") for line in (out / "preview.csv").read_text(encoding="utf-8-sig").splitlines())
    moves = {market: (float(before), float(after), percent) for _, market, _, before, after, percent in rows}
    assert moves["SG"][0] == moves["SG"][1]
    assert moves["TH"][0] < moves["TH"][1]
    assert f"TH: THB {rows[1][3]} -> {rows[1][4]} (+{moves['TH'][2]} %)" in capsys.readouterr().out


def test_a_run_leaves_the_files_of_the_contract(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a folder with a catalogue, when it is run, then the results lie in the output folder and the table says what went where."""
    out = tmp_path / "out"

    assert main(["run", str(folder), "--out", str(out)]) == 0

    assert left(out) == {
        "report.html", "findings.csv", "summary.json", "logs.jsonl", "media/…",
        "listings/SG.jsonl", "listings/TH.jsonl", "listings/VN.jsonl",
    }  # fmt: skip
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["seller_id"], summary["file"], summary["products"]) == ("kim-shop", "kim-shop/봄 신상품+1.csv", 1)
    assert summary["listings"] == {market: {"ready": 1} for market in ("SG", "TH", "VN")}
    assert summary["seconds"] > 0
    assert set(summary["aws_calls_per_product"]) >= {"AdaptTextFunction", "AssembleListingFunction"}
    (listing,) = map(json.loads, (out / "listings/SG.jsonl").read_text(encoding="utf-8").splitlines())
    assert (out / "media" / listing["images"][0]["key"].partition("/media/")[2]).is_file()
    assert prices(out, "SG")[0]["fx"]["as_of"] == str(DAY)
    told = capsys.readouterr().out
    assert "SG" in told
    assert "report.html" in told


def test_a_run_takes_a_single_file_markets_a_day_and_a_seller(folder: Path, tmp_path: Path) -> None:
    """Given a file and options, when it is run, then only those markets are made, at that day's rates, for that seller."""
    out = tmp_path / "out"
    path = str(folder / "봄 신상품+1.csv")

    assert main(["run", path, "--out", str(out), "--markets", "sg, MY", "--as-of", "2026-10-15", "--seller", "lee-shop"]) == 0

    assert {path.name for path in (out / "listings").iterdir()} == {"SG.jsonl", "MY.jsonl"}
    assert {price["fx"]["as_of"] for market in ("SG", "MY") for price in prices(out, market)} == {"2026-10-15"}
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["seller_id"] == "lee-shop"


RATES = {"SGD": "1000.5", "THB": "40", "VND": "0.055", "MYR": "330", "PHP": "24"}


def rate_file(path: Path, **changed: str | None) -> str:
    """A rate file with some rates changed, or left out where None."""
    rates = {currency: rate for currency, rate in {**RATES, **changed}.items() if rate is not None}
    path.write_text("currency,krw_per_unit,as_of\n" + "".join(f"{currency},{rate},{DAY}\n" for currency, rate in rates.items()))
    return str(path)


def test_a_run_prices_with_the_rates_of_a_file(folder: Path, tmp_path: Path) -> None:
    """Given a rate file, when a catalogue is run with it, then its rates stand in the receipts."""
    rates = rate_file(tmp_path / "rates.csv")

    assert main(["run", str(folder), "--out", str(tmp_path / "out"), "--rates", rates, "--as-of", str(DAY)]) == 0

    (price,) = prices(tmp_path / "out", "SG")
    assert (price["fx"]["rate"], price["fx"]["source"]) == ("1000.5", "file")


@pytest.mark.parametrize(
    ("changed", "code", "named"),
    [
        ({"THB": "0"}, "FX_RATE_ZERO", "'0'"),
        ({"THB": "-43.1"}, "FX_RATE_NEGATIVE", "-43.1"),
        ({"THB": None}, "FX_CURRENCY_MISSING", "THB"),
        ({"SGD": "1,044"}, "FX_FILE_INVALID", "row 2"),
    ],
)
def test_a_rate_file_that_cannot_be_used_stops_the_run(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, str | None], code: str, named: str
) -> None:
    """Given a rate file with a zero, negative or missing rate, when a catalogue is run with it, then it ends with that reason."""
    rates = rate_file(tmp_path / "rates.csv", **changed)

    assert main(["run", str(folder), "--out", str(tmp_path / "out"), "--rates", rates, "--as-of", str(DAY)]) == UNREADABLE

    told = capsys.readouterr().out
    assert code in told
    assert named in told
    assert "환율" in told
    assert not list((tmp_path / "out").glob("listings/*"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--markets", "SG,XX"], "MARKET_UNKNOWN"),
        (["no-such-file.csv"], "no such file"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_said_and_ends_with_two(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """Given an unknown market or a missing file, when the command runs, then it says so in both languages and exits with 2."""
    path = [] if arguments[0].endswith(".csv") else [str(folder)]

    assert main(["run", *path, *arguments, "--out", str(tmp_path / "out")]) == UNREADABLE == 2

    shown = capsys.readouterr().out
    assert told in shown
    assert any("가" <= char <= "힣" for char in shown)
    assert not (tmp_path / "out/report.html").exists()


def test_a_file_that_cannot_be_read_ends_with_two_and_still_has_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a file that is no catalogue, when it is run, then the exit status is 2 and the report says why."""
    (tmp_path / "letter.csv").write_text("안녕하세요", encoding="utf-8")

    assert main(["run", str(tmp_path / "letter.csv"), "--out", str(tmp_path / "out")]) == UNREADABLE

    assert "FILE_HEADER_UNKNOWN" in capsys.readouterr().out
    assert left(tmp_path / "out") == {"report.html", "findings.csv", "summary.json", "logs.jsonl"}
    assert "FILE_HEADER_UNKNOWN" in (tmp_path / "out/findings.csv").read_text(encoding="utf-8-sig")


def test_of_several_files_the_readable_ones_are_done(folder: Path, tmp_path: Path) -> None:
    """Given a bad and a good file, when both are run, then the good one's results are there and the exit status is 0."""
    (tmp_path / "letter.csv").write_text("안녕하세요", encoding="utf-8")

    assert main(["run", str(tmp_path / "letter.csv"), str(folder / "봄 신상품+1.csv"), "--out", str(tmp_path / "out")]) == 0

    assert (tmp_path / "out/letter/report.html").is_file()
    assert (tmp_path / "out/봄 신상품+1/listings/SG.jsonl").is_file()


@pytest.fixture(scope="module")
def up() -> Iterator[Stack]:
    """A stack as ``onestop up`` keeps it."""
    with Stack({"PartnerSecretsName": SECRETS, "MarketplaceSecretsName": STORES}) as stack:
        stack.keep_secret(SECRETS, {"lazada": {"app_key": "900001", "app_secrets": ["kr-secret"]}})
        stack.live_on(DAY)
        refresh(stack)
        yield stack


def watched(stack: Stack, folder: Path, out: Path) -> str:
    """One look at the folder; what was told."""
    told = StringIO()
    watch(stack, folder, out, Console(file=told, width=200), threading.Lock(), rounds=1)
    return told.getvalue()


def test_a_dropped_folder_is_taken_in_with_its_pictures(up: Stack, folder: Path, tmp_path: Path) -> None:
    """Given a seller's folder whose catalogue sorts before its pictures, when it is seen, then the listings have their pictures."""
    (folder / "봄 신상품+1.csv").rename(folder / "a.csv")

    told = watched(up, tmp_path, tmp_path.parent / f"{tmp_path.name}-out")

    out = tmp_path.parent / f"{tmp_path.name}-out/kim-shop/a"
    assert left(out) >= {"report.html", "findings.csv", "summary.json", "listings/SG.jsonl", "media/…"}
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["listings"]["SG"] == {"ready": 1}
    assert "kim-shop/a.csv: done" in told


def test_a_file_that_cannot_be_read_has_its_report_too(up: Stack, tmp_path: Path) -> None:
    """Given a dropped file that is no catalogue, when it is seen, then its seller finds a report that says why."""
    (tmp_path / "in/lee-shop").mkdir(parents=True)
    (tmp_path / "in/lee-shop/letter.csv").write_text("안녕하세요", encoding="utf-8")

    told = watched(up, tmp_path / "in", tmp_path / "out")

    assert "lee-shop/letter.csv: rejected" in told
    assert "FILE_HEADER_UNKNOWN" in (tmp_path / "out/lee-shop/letter/findings.csv").read_text(encoding="utf-8-sig")


def test_the_local_port_answers_as_the_deployed_api_does(up: Stack) -> None:
    """Given the local web application, when partners and operators call it, then webhooks and schedules answer, and nothing else."""
    client = Client(web(up, threading.Lock()))
    body = b'{"seller_id":"1","message_type":8,"data":{},"timestamp":1793340000,"site":"lazada_sg"}'
    signature = push_signature("900001", "kr-secret", body)
    schedule = up.wiring.schedule_of("RefreshFxFunction")

    assert client.post("/webhooks/lazada", data=body, headers={"Authorization": signature}).status_code == 200
    assert client.post("/webhooks/lazada", data=body, headers={"Authorization": "0" * 64}).status_code == 401
    assert client.post("/webhooks/lazada", data=body).status_code == 401
    assert client.get("/webhooks/lazada").status_code == 404
    assert client.post("/").status_code == 404
    fired = client.post(f"{CONTROL}{schedule}")
    assert (fired.status_code, "duplicate" in fired.text) == (200, True)
    assert client.post(f"{CONTROL}Nothing").status_code == 404


class Turns:
    """A lock that counts how often it was given away and taken."""

    def __init__(self) -> None:
        """Nobody holds it."""
        self.lock, self.taken, self.given = threading.Lock(), 0, 0

    def acquire(self) -> bool:
        """Take it."""
        self.taken += 1
        return self.lock.acquire()

    def release(self) -> None:
        """Give it away."""
        self.given += 1
        self.lock.release()


def test_a_page_need_not_wait_for_a_whole_upload(up: Stack, folder: Path) -> None:
    """Given a file that takes many batches, when it is worked on, then whoever waits has a turn after each."""
    turns = Turns()
    up.upload("turn-shop/pens.jpg", (folder / "pens.jpg").read_bytes())
    up.upload("turn-shop/a.csv", "\n".join([HEAD, PENS]).encode())
    before = sum(up.meter.invocations.values())

    turns.acquire()
    work(up, turns)

    assert turns.taken - 1 == turns.given == sum(up.meter.invocations.values()) - before > 5
    assert turns.lock.locked()


def test_what_arrives_at_the_marketplaces_can_be_seen_and_bought(up: Stack, folder: Path) -> None:
    """Given fake marketplaces, when a catalogue is dropped and a piece is bought on the page, then it shows, and stock falls in each market."""
    town = Town({"SG": "lazada", "TH": "lazada"}, told_at=datetime.combine(DAY, time(12), UTC).timestamp)
    client = Client(web(up, threading.Lock(), town))
    with serve(town.app, "") as address:
        up.keep_secret(STORES, town.secrets(address, "page-shop")[1])
        secret.cache_clear()
        assert "아직 도착한 상품이 없습니다" in client.get(PAGE).text
        up.upload("page-shop/pens.jpg", (folder / "pens.jpg").read_bytes())
        up.upload("page-shop/a.csv", "\n".join([HEAD, PENS]).encode())
        up.pump()
        arrived = client.get(PAGE).text
        for item in (item for stall in town.stalls.values() for item in stall.gateway.items.values()):
            item["created_s"] -= 10
        watch(up, folder / "nothing", folder, Console(file=StringIO()), threading.Lock(), town=town, rounds=1)
        reviewed = client.get(PAGE).text
        bought = client.post(f"{PAGE}/order", data={"market": "TH", "sku": "A-2"}, follow_redirects=True).text

    assert [arrived.count(said) for said in ("Singapore", "Thailand", ">310</span>")] == [1, 1, 2]
    assert ">309</span>" not in arrived
    assert (arrived.count("Pending QC"), reviewed.count("Pending QC"), reviewed.count("Active")) == (2, 0, 2)
    (picture,) = set(re.findall(r'<img src="([^"]+)"', arrived))
    assert client.get(html.unescape(picture)).data.startswith(b"\xff\xd8")
    assert "웹훅 응답 200" in bought
    assert (bought.count(">309</span>"), bought.count(">310</span>")) == (2, 0)
    assert "품절" in client.post(f"{PAGE}/order", data={"market": "TH", "sku": "<b>"}, follow_redirects=True).text
    assert client.get(f"{PAGE}/picture?market=SG&url=x").status_code == 404
