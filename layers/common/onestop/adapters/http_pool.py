"""Connections to other people's services: bounded in time, never repeated by themselves, and silent about addresses."""

import logging
from functools import cache
from typing import Any


@cache
def http_pool(read_timeout_s: int) -> Any:
    """The process's connections with this much patience, made on first use: importing the library takes longer than most functions have.

    Example:
        >>> http_pool(15) is http_pool(15)
        True
    """
    import urllib3

    # At DEBUG it writes whole addresses, and those hold access tokens.
    logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
    return urllib3.PoolManager(timeout=urllib3.Timeout(connect=3, read=read_timeout_s), retries=False)
