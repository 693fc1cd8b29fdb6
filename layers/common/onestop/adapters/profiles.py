"""The forms that onestop recognises: every file in ``data/profiles/``, read once and validated."""

from functools import cache
from importlib.resources import files
from typing import Any

from onestop.adapters.packs import read_pack
from onestop.domain.catalog.profile import Profile


@cache
def profiles() -> tuple[Profile, ...]:
    """The known forms, by file name; a new file in the folder is a new form."""
    names = sorted(entry.name for entry in files("onestop.data").joinpath("profiles").iterdir() if entry.name.endswith(".json"))
    return tuple(Profile.model_validate(_with_words(read_pack(f"profiles/{name}"))) for name in names)


def _with_words(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the words of a shared vocabulary put where a column names it; the column's own words win."""
    columns = [{**column, "enums": {**_words(column), **column.get("enums", {})}} for column in document["columns"]]
    return {**document, "columns": columns}


def _words(column: dict[str, Any]) -> dict[str, str]:
    words: dict[str, str] = read_pack(f"{column['vocabulary']}.json")["words"] if "vocabulary" in column else {}
    return words
