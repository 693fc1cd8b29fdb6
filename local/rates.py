"""``onestop rates``: what the guard decides about some days of exchange rates, as an operator would read it on AWS."""

from datetime import date, timedelta

from rich.console import Console
from rich.table import Table

from local.stack import Stack
from onestop.adapters.packs import markets
from onestop.adapters.tables.rates import RatesTable


def show_rates(stack: Stack, last_day: date, days: int, currencies: tuple[str, ...] | None, console: Console) -> int:
    """Let the schedule go off on each of the last days, and print the log of decisions and the rates in force."""
    for days_back in reversed(range(days)):
        stack.live_on(last_day - timedelta(days=days_back))
        stack.fire(stack.wiring.schedule_of("RefreshFxFunction"))
    rates = RatesTable(stack.tables["RatesTable"])
    wanted = currencies or sorted({market.currency for market in markets().by_code.values()})
    for currency in wanted:
        table = Table("print of", "decision", "KRW per unit", "source", "why", title=currency, title_justify="left")
        for _, observation, decision in rates.decisions(currency):
            table.add_row(f"{observation.as_of}", decision.kind.value, f"{observation.rate:.8g}", observation.source, decision.reason)
        console.print(table)
        in_force = rates.in_force(currency)
        said = f"{in_force.rate:.8g} of {in_force.as_of}, {in_force.source}" if in_force else "none"
        console.print(f"in force: {said}", soft_wrap=True)
    return 0
