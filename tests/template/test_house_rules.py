"""The shape of the house: what lies where, which way the arrows point, how large things get."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.template.reading import ROOT

PACKAGE = ROOT / "layers/common/onestop"
ALLOWED = {
    "domain": {"domain"},
    "steps": {"domain", "steps"},
    "adapters": {"domain", "steps", "adapters", "data"},
    "runtime": {"domain", "runtime"},
}
"""Which parts of the package a part may import."""

ROOT_FOLDERS = {"functions", "layers", "local", "events", "tests"}
ROOT_FILES = {"README.md", "template.yaml", "samconfig.toml", "pyproject.toml", "uv.lock", "Makefile", "LICENSE"}
MADE = {"out"}
"""Folders that commands write; git ignores them."""

OURS = sorted(path for folder in ("functions", "layers", "local") for path in (ROOT / folder).rglob("*.py"))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_the_root_holds_what_was_agreed():
    """Five folders and the packaging files; dotfiles besides."""
    found = [path for path in ROOT.iterdir() if not path.name.startswith(".")]

    assert {path.name for path in found if path.is_dir()} - MADE == ROOT_FOLDERS
    assert {path.name for path in found if path.is_file()} == ROOT_FILES


@pytest.mark.parametrize("folder", sorted((ROOT / "functions").iterdir()), ids=lambda path: path.name)
def test_a_function_is_one_short_file(folder: Path):
    """A door holds no rule of the business, so 60 lines are enough; the handler's own are 20."""
    files = [path for path in folder.iterdir() if path.name != "__pycache__"]
    (handler,) = [node for node in _tree(folder / "app.py").body if isinstance(node, ast.FunctionDef) and node.name == "handler"]

    assert [path.name for path in files] == ["app.py"]
    assert len(files[0].read_text(encoding="utf8").splitlines()) <= 60
    assert handler.end_lineno - handler.lineno < 20


@pytest.mark.parametrize("part", ALLOWED)
def test_arrows_point_one_way(part: str):
    """From functions to adapters to steps to domain: nobody imports upward."""
    wrong = [
        (_name(path), module)
        for path in (PACKAGE / part).rglob("*.py")
        for module in _imports(path)
        if module.startswith("onestop.") and module.split(".")[1] not in ALLOWED[part]
    ]

    assert wrong == []


def test_only_adapters_know_aws():
    """And nobody in the package knows the local stack or the tests."""
    wrong = [
        (_name(path), module)
        for path in OURS
        if "local" not in path.relative_to(ROOT).parts
        for module in _imports(path)
        if module.split(".")[0] in {"local", "tests", "moto"}
        or (module.split(".")[0] in {"boto3", "botocore"} and PACKAGE / "adapters" not in path.parents)
    ]

    assert wrong == []


def test_the_domain_is_pure():
    """Standard library and pydantic; no clock, environment, file, network or process."""
    forbidden = {"os", "pathlib.Path", "time", "socket", "subprocess", "urllib.request", "http", "logging", "tempfile"}
    third_party = {"aws_lambda_powertools", "boto3", "botocore", "currency_converter", "defusedxml", "jinja2", "python_calamine", "pyvips"}

    wrong = [
        (_name(path), module)
        for path in (PACKAGE / "domain").rglob("*.py")
        for module in _imports(path)
        if any(f"{module}.".startswith(f"{name}.") for name in forbidden | third_party)
    ]

    assert wrong == []


def test_files_and_functions_stay_small():
    """A file of 300 lines and a function of 40 are the most; the mean function has 12 or fewer."""
    functions = [
        (_name(path), node.name, node.end_lineno - node.lineno + 1)
        for path in OURS
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    assert [(_name(path), lines) for path in OURS if (lines := len(path.read_text(encoding="utf8").splitlines())) > 300] == []
    assert [function for function in functions if function[2] > 40] == []
    assert sum(lines for _, _, lines in functions) / len(functions) <= 12


def test_every_test_says_what_it_shows():
    """One sentence each."""
    silent = [
        (_name(path), node.name)
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert silent == []


def test_most_pure_functions_show_an_example():
    """At least three public functions of the domain in five carry one that runs."""
    functions = [
        node
        for path in (PACKAGE / "domain").rglob("*.py")
        for node in _tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    with_example = [node for node in functions if ">>>" in (ast.get_docstring(node) or "")]

    assert len(with_example) >= 0.6 * len(functions)
