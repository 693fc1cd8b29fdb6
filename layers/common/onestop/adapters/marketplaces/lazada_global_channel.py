"""Lazada for sellers across borders: an item begins as part of a global product, and is an ordinary one from then on."""

from datetime import timedelta

from onestop.adapters.marketplaces.lazada import LazadaClient
from onestop.adapters.marketplaces.lazada_channel import LazadaChannel, Sisters
from onestop.adapters.marketplaces.remembered import Remembered
from onestop.domain.channels.holding import Holding
from onestop.domain.channels.lazada_global import HOME, global_payload
from onestop.domain.channels.rejection import rejected
from onestop.domain.errors import PermanentError
from onestop.domain.listing.listing import Listing

PATIENCE = timedelta(hours=24)
"""Lazada says that it takes minutes; what is not there after a day was refused."""


class LazadaGlobalChannel(LazadaChannel):
    """The ``Channel`` port on one country, where new items come by way of the home country.

    Lazada translates a global product's title by machine, so once the country has its item, the text that we wrote for it and its
    exact price are told to it as to any other.
    """

    def __init__(
        self, client: LazadaClient, remembered: Remembered, home: LazadaChannel, home_client: LazadaClient, sisters: Sisters
    ) -> None:
        """``home`` is the same seller's store in the home country."""
        super().__init__(client, remembered, sisters)
        self._home, self._home_client = home, home_client

    def _create(self, listing: Listing, holding: Holding) -> Holding:
        """Hand the global product over once, for all countries that sell it; then the country's item is waited for.

        A country that came later is not added, which no call does, but gets an item of its own.

        Raises:
            PermanentError: CHANNEL_REJECTED, the home country does not sell the product, or no item came for a day.
        """
        name = f"global#{listing.seller_id}#{listing.sku}"
        countries = self._home.recall(name) or self._hand_over(listing, name)
        if listing.market not in countries.split(","):
            return super()._create(listing, holding)
        if holding.pending_since and self._remembered.now() - holding.pending_since > PATIENCE:
            said = "the global product brought no item to this country within a day"
            raise PermanentError(rejected(listing.market, said, "글로벌 상품이 하루가 지나도 이 나라에 등록되지 않았습니다"))
        return holding.model_copy(update={"pending": name})

    def _hand_over(self, listing: Listing, name: str) -> str:
        """The countries that the global product goes to, comma between them."""
        listings = {one.market: one for one in self._sisters(listing) if one.channel == listing.channel and one.is_sold}
        listings[listing.market] = listing
        home = listings.get(HOME)
        if home is None:
            said = f"a global product has to be sold in {HOME} too"
            raise PermanentError(rejected(listing.market, said, f"글로벌 상품은 {HOME}에서도 팔아야 합니다"))
        if not self._home_client.has_global(home.variants[0].sku):
            category_id = self._home.category_of(home)
            payload = global_payload(
                listings, category_id=category_id, image_urls=self._home.urls_of(home), parcel=self._client.family.package,
                facts=self._home.facts_of(category_id), extra={},
            )  # fmt: skip
            self._home_client.create_global(payload, [variant.sku for variant in home.variants])
        return self._home.recall(name, ",".join(sorted(listings)))
