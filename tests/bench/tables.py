"""The figures of a benchmark as tables for a person."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.imports import TARGET_RATIO

TARGET_RATIO_PER_PRODUCT = 1.2


def show(console: Console, figures: dict[str, Any]) -> None:
    """Print everything that was measured."""
    tables = (
        _line(figures["line"]), _imports(figures["imports"]), _engines(figures["engines"]), _pictures(figures["pictures"]),
        _readers(figures["readers"]), _memory(figures["memory"]), _scale(figures["scale"]), _reports(figures["reports"]),
        _translation(figures["translation"]), _sharp(figures["sharp"]), _shared(figures["shared_pictures"]),
        _demand(figures["demand"]), _sweep(figures["sweep"]),
    )  # fmt: skip
    for table in tables:
        console.print(table)


def _reports(reports: list[dict[str, Any]]) -> Table:
    table = table_of("reports of large uploads, rows told and marked", "file", "rows", "CPU s", "CPU ms/row", "peak MiB")
    for one in reports:
        table.add_row(one["file"], f"{one['rows']:,}", f"{one['cpu_s']:.1f}", f"{one['cpu_ms_per_row']:.2f}", str(one["peak_mib"]))
    return table


def table_of(title: str, *columns: str) -> Table:
    """An empty table; all but its first column hold figures."""
    table = Table(title=title, title_justify="left")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


def judged(figure: float, target: float, *, at_most: bool = True) -> str:
    """A figure, green where it meets its target and red where it does not."""
    is_met = figure <= target if at_most else figure >= target
    return f"[green]{figure:.2f}[/green]" if is_met else f"[red]{figure:.2f}[/red]"


def _line(line: dict[str, Any]) -> Table:
    ends = line["small"], line["large"]
    sizes = [f"at {end['products']:,}" for end in ends]
    table = table_of(
        "one upload through the deployed wiring to three markets", "step", *(f"CPU ms/product {size}" for size in sizes),
        *(f"products/s {size}" for size in sizes), "AWS calls/product",
    )  # fmt: skip
    for step in line["large"]["steps"]:
        _add(table, step, [end["steps"][step] for end in ends])
    table.add_section()
    _add(table, "end to end", ends)
    table.add_row("peak memory, MiB", *(f"{end['peak_memory_mib']:.0f}" for end in ends))
    ratio = judged(line["ratio_per_product"], TARGET_RATIO_PER_PRODUCT)
    table.caption = f"CPU per product {sizes[1]} over {sizes[0]}: {ratio} (at most {TARGET_RATIO_PER_PRODUCT})"
    return table


def _add(table: Table, name: str, sides: Sequence[dict[str, Any]]) -> None:
    figures = [f"{side[figure]:.1f}" for figure in ("cpu_ms_per_product", "products_per_s") for side in sides]
    table.add_row(name, *figures, f"{sides[1]['aws_calls_per_product']:.2f}")


def _imports(imports: dict[str, dict[str, float]]) -> Table:
    table = table_of(
        "cold start, processor time",
        "function",
        "import ms",
        f"of the floor (at most {TARGET_RATIO})",
        "with first client ms",
        "of the floor",
    )
    for name, one in imports.items():
        ratio = "" if name == "floor" else judged(one["import_ratio"], TARGET_RATIO)
        table.add_row(name, f"{one['import_ms']:.0f}", ratio, f"{one['ready_ms']:.0f}", f"{one['ready_ratio']:.2f}")
    return table


def _engines(engines: list[dict[str, Any]]) -> Table:
    table = table_of("engines, CPU", "engine", "per second", "floor per second", "times the floor", "floor")
    for one in engines:
        ratio = judged(one["ratio"], one["target"]) + f" (at most {one['target']})" if "target" in one else f"{one['ratio']:.2f}"
        table.add_row(one["engine"], f"{one['per_s']:,.0f}", f"{one['floor_per_s']:,.0f}", ratio, one["floor"])
    return table


def _sweep(sweep: dict[str, Any]) -> Table:
    table = table_of(
        "a sweep of re-pricing where no rate moved enough", "listings", "reads", "writes and sends", "reads/100 listings", "CPU s"
    )
    ratio = judged(sweep["reads_per_100"], sweep["most_reads_per_100"])
    written = judged(sweep["other_calls"], 0)
    table.add_row(f"{sweep['listings']:,}", str(sweep["reads"]), written, ratio, f"{sweep['cpu_s']:.1f}")
    return table


def _pictures(pictures: list[dict[str, float]]) -> Table:
    table = table_of("pictures, against bare libvips", "source side px", "adapt ms", "floor ms", "times the floor", "thumbnail ms")
    for one in pictures:
        figures = (f"{one['adapt_ms']:.1f}", f"{one['floor_ms']:.1f}", f"{one['ratio']:.2f}", f"{one['thumb_ms']:.1f}")
        table.add_row(f"{one['side_px']:.0f}", *figures)
    return table


def _readers(readers: list[dict[str, Any]]) -> Table:
    table = table_of("files to products, CPU", "file", "rows/s", "us/row", "floor", "floor rows/s", "ratio", "target")
    for one in readers:
        speeds = f"{one['rows_per_s']:,.0f}", f"{one['us_per_row']:.1f}", one["floor"], f"{one['floor_rows_per_s']:,.0f}"
        target = f"at most {one['target']:g} times its time" if one["at_most"] else f"at least {one['target']:g} times as fast"
        table.add_row(one["file"], *speeds, judged(one["ratio"], one["target"], at_most=one["at_most"]), target)
    return table


def _memory(memory: dict[str, Any]) -> Table:
    table = table_of("peak memory of reading CSV, beyond the bytes of the file", "rows", "file MiB", "MiB", "of the process MiB", "CPU s")
    for one in (memory["few"], memory["many"]):
        figures = (f"{one[figure]:.1f}" for figure in ("file_mib", "reading_mib", "peak_mib", "cpu_s"))
        table.add_row(f"{one['rows']:,}", *figures)
    table.caption = f"growth: {judged(memory['growth_mib'], memory['target_mib'])} MiB (at most {memory['target_mib']:g})"
    return table


def _scale(scale: dict[str, Any]) -> Table:
    table = table_of("large files through receive_upload", "file", "rows", "file MiB", "CPU s", "rows/s", "peak MiB", "largest chunk KiB")
    for one in scale["files"]:
        figures = f"{one['file_mib']:.1f}", f"{one['cpu_s']:.1f}", f"{one['rows_per_s']:,}", f"{one['peak_mib']:,}"
        table.add_row(one["file"], f"{one['rows']:,}", *figures, f"{one['largest_chunk_kib']}")
    table.caption = f"growth from the small CSV to the large one: {judged(scale['growth_mib'], scale['target_mib'])} MiB"
    table.caption += f" (at most {scale['target_mib']:g})"
    return table


def _translation(cost: dict[str, Any]) -> Table:
    title = f"characters for a paid provider, {cost['products']:,} products in {cost['locales']} languages"
    table = table_of(title, "upload", "every field", "needed", "sent", "share of every field")
    for name in ("first", "again"):
        one = cost[name]
        table.add_row(name, f"{one['every']:,}", f"{one['needed']:,}", f"{one['sent']:,}", f"{one['share']:.1%}")
    table.caption = cost["basis"]
    return table


def _sharp(sharp: dict[str, Any]) -> Table:
    table = table_of(
        "spec work to 1000x1000, one thread, CPU",
        "source",
        "ours ms",
        "sharp ms",
        "times as fast",
        "ours MiB",
        "sharp MiB",
        "ours kB",
        "sharp kB",
    )
    for one in sharp["sources"]:
        both = one["ours"], one["sharp"]
        times, sizes = (f"{side['cpu_ms']:.1f}" for side in both), (f"{side['size_bytes'] / 1000:.1f}" for side in both)
        memory = judged(both[0]["peak_mib"], both[1]["peak_mib"]), f"{both[1]['peak_mib']:.2f}"
        table.add_row(one["source"], *times, judged(one["ratio"], one["at_least"], at_most=False), *memory, *sizes)
    table.caption = f"not measured: {sharp['missing']}" if sharp["missing"] else "at least 1.1 times as fast, with no more memory"
    return table


def _shared(shared: dict[str, Any]) -> Table:
    title = (
        f"pictures shared by {shared['products']} products: {shared['named']} named, {shared['worked']} worked on, once for each content"
    )
    table = table_of(title, "upload", "CPU s", "saved")
    table.add_row("without hashes", f"{shared['without_s']:.1f}", "")
    table.add_row("first", f"{shared['first_s']:.1f}", f"{shared['cpu_saved_first']:.1%}")
    table.add_row("again", f"{shared['again_s']:.1f}", f"{shared['cpu_saved_again']:.1%}")
    table.caption = f"share of pictures not worked on in the first upload: {shared['share_saved']:.1%}"
    return table


def _demand(demand: dict[str, Any]) -> Table:
    ranked, steered = demand["ranking"], demand["steering"]
    table = table_of("keyword reports", "rows", "rows/CPU s", "peak MiB")
    for one in (demand["few"], demand["many"]):
        table.add_row(f"{one['rows']:,}", f"{one['rows_per_s']:,}", f"{one['peak_mib']:.0f}")
    table.caption = (
        f"growth: {judged(demand['growth_mib'], demand['target_mib'])} MiB (at most {demand['target_mib']:g}); "
        f"{ranked['keywords']:,} keywords ranked for a product in {ranked['ms']:.0f} ms, a plain loop takes {ranked['times_faster']:.1f} times that; "
        f"of {steered['listings']} listings a first report has {steered['first']} texts written, the same again {steered['same_again']}, "
        f"one changed word {steered['one_word_changed']} ({steered['ms_per_listing']:.1f} ms a listing)"
    )
    return table
