"""``onestop termbase import`` and ``onestop termbase export``."""

import argparse
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from local.termbase.candidates import merge, write
from local.termbase.reading import read
from local.termbase.writing import amazon_terminologies, tmx
from onestop.adapters.termbase_files import termbase
from onestop.adapters.translators.provider_facts import provider_facts

UNREADABLE = 2


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Put ``termbase`` and its two commands into the grammar."""
    whole = commands.add_parser("termbase", help="import words as candidates, or export the termbase for translation tools")
    kinds = whole.add_subparsers(required=True)
    bring = kinds.add_parser("import", help="TMX, CSV, TSV or Shopify-taxonomy YAML become candidates, for a person to look through")
    bring.add_argument("path", type=Path, nargs="+", metavar="FILE", help="YAML files of several locales are joined by their ids")
    bring.set_defaults(command=import_command)
    give = kinds.add_parser("export", help="custom terminologies for Amazon Translate, or TMX")
    give.add_argument("--format", choices=("amazon", "tmx"), default="amazon")
    give.add_argument("--words", action="store_true", help="amazon: also words that are no names; the service does not inflect them")
    give.set_defaults(command=export_command)
    for command in (bring, give):
        command.add_argument("--out", type=Path, default=Path("out/termbase"), help="files go here (default: out/termbase)")


def import_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop termbase import``: writes candidates beside the termbase, never into it."""
    try:
        merged = merge(read(options.path), termbase())
    except (ValueError, OSError) as error:
        console.print(f"[red]읽을 수 없는 파일입니다 · not readable:[/red] {escape(str(error))}", highlight=False)
        return UNREADABLE
    for path in write(merged, options.out, options.path[0].stem):
        console.print(str(path), soft_wrap=True)
    console.print(f"{len(merged.new)} candidates, {merged.known} known already, {len(merged.conflicts)} not taken")
    return 0


def export_command(options: argparse.Namespace, console: Console) -> int:
    """``onestop termbase export``."""
    if options.format == "tmx":
        files = {"onestop.tmx": tmx(termbase())}
    else:
        made = amazon_terminologies(termbase(), provider_facts(), words_too=options.words)
        files = {f"onestop-{number}.csv": text for number, text in made.items()}
    options.out.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (options.out / name).write_text(text, encoding="utf-8")
        console.print(f"{options.out / name}: {text.count(chr(10))} lines", soft_wrap=True)
    return 0
