"""One shop of each marketplace in turn."""

from collections.abc import Iterator

import pytest

from tests.contract.marketplaces.shops import SHOPS, Shop


@pytest.fixture(params=SHOPS)
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """A store without items."""
    with SHOPS[request.param]() as opened:
        yield opened
