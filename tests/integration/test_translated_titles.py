"""A machine is asked for what the termbase leaves in doubt, over the wire; the seller is told, and what it wrote needs a review."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug import Request, Response
from werkzeug.serving import make_server

from local.stack import Stack
from onestop.adapters.tables.listings import ListingsTable
from onestop.domain.listing.listing import Listing, ListingStatus
from tests.conftest import DAY, refresh
from tests.support.catalogue import PENS, PICTURES, SELLER, catalogue
from tests.support.stack_state import dead_letters

UNKNOWN = PENS.replace("A-2", "A-3").replace("젤펜 0.5mm 12색 세트", "꾸밍쭈밍 뽀글뽀글 뭉치 0.5mm 12색 세트")


@contextmanager
def model(answer: Callable[[dict[str, Any]], str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A language model on this machine that answers each call with ``answer``; its address and what it was asked."""
    asked: list[dict[str, Any]] = []

    @Request.application
    def chat(request: Request) -> Response:
        asked.append(json.loads(request.get_data()))
        choice = {"finish_reason": "stop", "message": {"role": "assistant", "content": answer(asked[-1])}}
        return Response(json.dumps({"choices": [choice]}), mimetype="application/json")

    server = make_server("127.0.0.1", 0, chat, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1#small", asked
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def shop(address: str) -> Iterator[Stack]:
    """A stack that sells in Singapore and asks the model at the address."""
    with Stack({"TranslatorName": "openai", "TranslatorUrl": address, "DefaultMarkets": "SG"}) as stack:
        stack.live_on(DAY)
        refresh(stack)
        stack.upload(f"{SELLER}/a.jpg", PICTURES[0].read_bytes())
        yield stack


def drop(stack: Stack, *rows: str) -> dict[str, Listing]:
    """Upload a catalogue; SKU -> its listing in Singapore."""
    stack.upload(f"{SELLER}/a.csv", catalogue(*rows))
    stack.pump()
    assert dead_letters(stack) == {}
    table = ListingsTable(stack.tables["ListingsTable"])
    return {sku: table.of_product(SELLER, sku)["SG"].listing for sku in (row.partition(",")[0] for row in rows)}


def titles(title: str) -> Callable[[dict[str, Any]], str]:
    """Answers that translate every title so."""
    return lambda _: json.dumps({"translations": [{"id": "title", "text": title}]})


def codes(listing: Listing) -> set[str]:
    """The listing's finding codes."""
    return {finding.code for finding in listing.findings}


def test_only_what_is_in_doubt_is_asked_for_and_then_needs_a_review() -> None:
    """One title is known and one is not: one call, a translated title, a finding that says so, and no second call for the same rows."""
    with model(titles("Kkuming Fluffy Ball Set 0.5mm 12 Colors")) as (address, asked), shop(address) as stack:
        found = drop(stack, PENS, UNKNOWN)
        calls = len(asked)
        drop(stack, PENS, UNKNOWN.replace("310", "311"))

    assert found["A-2"].status is ListingStatus.READY
    assert (found["A-3"].title, found["A-3"].status) == ("Kkuming Fluffy Ball Set 0.5mm 12 Colors", ListingStatus.NEEDS_REVIEW)
    assert "TEXT_MACHINE_TRANSLATED" in codes(found["A-3"])
    assert (calls, len(asked)) == (1, 1)
    assert "A-2" not in json.dumps(asked)
    assert SELLER not in json.dumps(asked)


def test_a_translation_that_changes_a_figure_is_refused() -> None:
    """12 pieces become 21: asked once more with what was wrong, then refused and told; the neighbour is untouched."""
    with model(titles("Kkuming Fluffy Ball Set 0.5mm 21 Colors")) as (address, asked), shop(address) as stack:
        found = drop(stack, PENS, UNKNOWN)

    assert len(asked) == 2
    assert "21" not in found["A-3"].title
    assert "TEXT_PROVIDER_REFUSED" in codes(found["A-3"])
    assert found["A-2"].status is ListingStatus.READY


def test_what_a_person_wrote_for_a_similar_title_is_shown_and_told() -> None:
    """A seller translated one strange title: for the next one like it, the translator has it as an example, and the seller is reminded."""
    written = "Kkuming Pouf Toy 0.5mm 12 Colors"
    with model(titles("Kkuming Fluffy Toy 0.5mm 24 Colors")) as (address, asked), shop(address) as stack:
        drop(stack, UNKNOWN)
        stack.upload(f"{SELLER}/overrides.csv", f"sku,locale,field,value\nA-3,en,title,{written}\n".encode())
        stack.pump()
        asked.clear()
        found = drop(stack, UNKNOWN.replace("A-3", "A-4").replace("12색 세트", "24색 모음"))

    (request,) = asked
    (reminder,) = [finding for finding in found["A-4"].findings if finding.code == "TEXT_SIMILAR_WRITTEN"]
    assert written in json.dumps(request)
    assert written in reminder.message_ko
    assert found["A-4"].title == "Kkuming Fluffy Toy 0.5mm 24 Colors"
