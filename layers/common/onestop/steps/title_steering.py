"""A product's titles steered by what the buyers of each market type: what is decided, and what was decided before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from onestop.domain.catalog.product import Product
from onestop.domain.channels.market import Market
from onestop.domain.demand.steered import Steered, Wanted, decide, is_held_out
from onestop.domain.findings import Finding
from onestop.domain.text.adapted import AdaptedText
from onestop.domain.text.edit import OFF, STEERING, TITLE, Edit
from onestop.domain.text.edits import edits_for
from onestop.domain.text.steer import Steering, wanted
from onestop.domain.text.synonyms import Synonyms
from onestop.domain.text.termbase import Termbase
from onestop.steps.ports import Adaptations, Rankings

KIND = "steering"
"""Under what the adaptations table keeps how a product's title is steered, by market."""

MOST_KEYWORDS = 20
"""Search words of a listing; those that buyers type come first."""

_BUCKETS = {"high": "많이 찾음", "mid": "보통", "low": "적게 찾음"}


class TitleSteering:
    """Steers titles by the rankings of their markets."""

    def __init__(
        self, rankings: Rankings, synonyms: Synonyms, termbase: Termbase, banned: Callable[[str, str], tuple[str, ...]]
    ) -> None:  # fmt: skip
        """``banned`` gives the words that a channel refuses in a title of a locale."""
        self._rankings, self._synonyms, self._termbase, self._banned = rankings, synonyms, termbase, banned

    def wanted(self, product: Product, market: Market, before: Steered | None, at: datetime) -> Wanted | None:
        """What the market's demand asks for in the product's title; None where nothing is known of its buyers."""
        ranking = self._rankings.of(market)
        if ranking is None:
            return None
        banned = self._banned(market.channel, market.locale)
        by = Steering(ranking, self._synonyms, market.locale, market.text, banned)
        return wanted(product, by, self._termbase, at.date(), before.words if before else None)

    def decided(
        self, product: Product, revision: int, selling: Sequence[Market], edits: Sequence[Edit], at: datetime,
        adaptations: Adaptations,
    ) -> dict[str, Steered]:  # fmt: skip
        """Market -> how the product's title is steered there from now on, kept for the next time.

        Where a person wrote the title, and where the seller turned it off, the title is left alone.

        Args:
            product: as its texts are made of.
            at: when what leads to this came in, UTC.
        """
        known = [market for market in selling if self._rankings.of(market) is not None]
        kept = read(adaptations.of_product(product.seller_id, product.sku, KIND)) if known else {}
        for market in known:
            before = kept.get(market.code)
            asked = self.wanted(product, market, before, at)
            if asked is None:
                continue
            held = is_held_out(product.seller_id, product.sku, market.code)
            state = decide(asked, before, at, held_out=held, off=_is_left_alone(edits, market))
            if state != before:
                adaptations.save(
                    product.seller_id, product.sku, KIND, market.code, revision=revision, input_digest=state.asked, body=state
                )  # fmt: skip
            kept[market.code] = state
        return {market.code: kept[market.code] for market in known if market.code in kept}


def read(kept: Mapping[str, tuple[str, str]]) -> dict[str, Steered]:
    """Market -> how a title is steered there, of what the adaptations table keeps."""
    return {market: Steered.model_validate_json(body) for market, (_, body) in kept.items()}


def _is_left_alone(edits: Iterable[Edit], market: Market) -> bool:
    here = [edit for edit in edits if edit.scope in (market.locale, market.code)]
    return any(edit.field == STEERING and edit.value == OFF for edit in here) or any(
        edit.field == TITLE for edit in edits_for(here, market.locale, market.code)
    )


def with_steering(text: AdaptedText, steered: Steered, market: str, cell: str | None) -> AdaptedText:
    """The text with the keywords that its title does not hold, and with the reason for its title where that is the steered one."""
    keywords = tuple(dict.fromkeys((*steered.keywords, *text.keywords)))[:MOST_KEYWORDS]
    told = _reason(steered, market, cell) if text.title == steered.title else []
    return text.model_copy(update={"keywords": keywords, "findings": (*text.findings, *told)})


def _reason(steered: Steered, market: str, cell: str | None) -> list[Finding]:
    why = steered.reason
    if why is None:
        return []
    if why.word == why.usual:
        what, what_ko = f"'{why.word}' stands further to the front", f"'{why.word}'을(를) 앞으로 옮겼습니다"
    else:
        what, what_ko = f"'{why.word}' instead of '{why.usual}'", f"'{why.usual}' 대신 '{why.word}'을(를) 썼습니다"
    return [
        Finding.of(
            "TITLE_STEERED", field=TITLE, cell=cell, market=market, what=what, what_ko=what_ko, keyword=why.keyword, bucket=why.bucket,
            bucket_ko=_BUCKETS[why.bucket], source=why.source, start=why.start, end=why.end, before=steered.usual_title,
        )
    ]  # fmt: skip
