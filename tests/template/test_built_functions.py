"""What `make build-test` built: every function imports with only its layers beside it, and fits into Lambda."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.template.reading import ROOT, of_type, parsed

BUILT = ROOT / ".aws-sam/native"
DEPLOYED = ROOT / ".aws-sam/build"
PYTHON = BUILT / ".python"
FUNCTIONS = of_type(parsed()["Resources"], "AWS::Serverless::Function")
LIMIT_BYTES = 250 * 1024 * 1024
"""AWS: a function and its layers, unzipped."""

RUNTIME_PACKAGES = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six.py")
"""What Lambda's own Python brings along."""

pytestmark = pytest.mark.build


def _parts(function: str) -> list[str]:
    layers = [layer["Ref"] for layer in FUNCTIONS[function].get("Layers", [])]
    return [function, "DepsLayer/python", "CommonLayer/python", *(f"{layer}/python" for layer in layers)]


@pytest.fixture(scope="module")
def lambda_runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages of Lambda's own Python and nothing else of this machine's."""
    folder = tmp_path_factory.mktemp("runtime")
    import boto3

    installed = Path(boto3.__file__).parents[1]
    for name in RUNTIME_PACKAGES:
        (folder / name).symlink_to(installed / name)
    return folder


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_built_function_imports_with_only_its_layers(function: str, lambda_runtime: Path):
    """From its built folder, in a fresh interpreter without site packages or environment, with a handler to call."""
    path = [str(BUILT / part) for part in _parts(function)] + [str(lambda_runtime)]
    code = f"import sys; sys.path[:0] = {path!r}; import app; assert callable(app.handler); print(app.__file__)"

    command = [PYTHON.read_text().strip(), "-I", "-S", "-B", "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": os.defpath})

    assert (result.returncode, result.stdout.strip()) == (0, str(BUILT / function / "app.py")), result.stderr


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_built_function_fits_into_lambda(function: str):
    """With its layers, unzipped."""
    files = [path for part in _parts(function) for path in (DEPLOYED / part).rglob("*") if path.is_file()]

    assert sum(path.stat().st_size for path in files) < LIMIT_BYTES


def test_a_built_function_is_one_file():
    """Shared code comes by layer only."""
    for name in FUNCTIONS:
        assert [path.name for path in (DEPLOYED / name).iterdir()] == ["app.py"]


def test_native_code_is_for_the_processor_that_runs_it():
    """Each shared library of a deployed layer is 64-bit ARM: byte 18 of an ELF file names the machine, 183 is AArch64."""
    libraries = [path for path in DEPLOYED.rglob("*.so*") if path.read_bytes()[:4] == b"\x7fELF"]

    assert libraries
    assert {path.name for path in libraries if int.from_bytes(path.read_bytes()[18:20], "little") != 183} == set()


def test_our_package_is_built_whole():
    """Every module and data file of the source, no bytecode."""
    source = ROOT / "layers/common"
    wanted = {path.relative_to(source) for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    built = DEPLOYED / "CommonLayer/python"

    assert {path.relative_to(built) for path in built.rglob("*") if path.is_file()} == wanted
