"""Landed retail prices: money, exchange rates, dated market rules, gross-up, price endings."""
