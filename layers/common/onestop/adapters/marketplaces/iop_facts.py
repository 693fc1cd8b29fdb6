"""What ships about the marketplaces of the IOP gateway: addresses, limits, and what each error code asks for."""

from functools import cache

from onestop.adapters.packs import read_pack
from onestop.domain.channels.iop_errors import ErrorTable
from onestop.domain.channels.iop_family import Family


@cache
def families() -> dict[str, Family]:
    """Channel -> how its marketplace differs from the others (``channels/iop.json``).

    Example:
        >>> families()["daraz"].endpoint("PK"), families()["daraz"].payload, families()["miravia"].limits.title_max_chars
        ('https://api.daraz.pk/rest', 'xml', 250)
        >>> families()["aliexpress"].endpoint("ES", business=True), families()["aliexpress"].languages["id"]
        ('https://api-sg.aliexpress.com/sync', 'in')
    """
    rows = read_pack("channels/iop.json")["families"]
    found = {}
    for name, row in rows.items():
        base = rows.get(row.get("inherits"), {})
        joined = {part: {**base.get(part, {}), **row.get(part, {})} for part in ("limits", "grades", "paths")}
        found[name] = Family.model_validate({**base, **row, **joined})
    return found


def family(channel: str) -> Family:
    """The row of one channel.

    Raises:
        KeyError: the channel does not use this gateway.
    """
    return families()[channel]


@cache
def error_table() -> ErrorTable:
    """What the codes of a reply mean (``channels/errors_iop.json``)."""
    return ErrorTable.model_validate(read_pack("channels/errors_iop.json"))
