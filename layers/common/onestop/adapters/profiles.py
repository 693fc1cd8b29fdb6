"""The forms that onestop recognises: every file in ``data/profiles/``, read once and validated."""

from functools import cache
from importlib.resources import files

from onestop.adapters.packs import read_pack
from onestop.domain.catalog.profile import Profile


@cache
def profiles() -> tuple[Profile, ...]:
    """The known forms, by file name; a new file in the folder is a new form."""
    names = sorted(entry.name for entry in files("onestop.data").joinpath("profiles").iterdir() if entry.name.endswith(".json"))
    return tuple(Profile.model_validate(read_pack(f"profiles/{name}")) for name in names)
