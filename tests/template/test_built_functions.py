"""What `make build-test` built: every function imports with only its layers beside it, and fits into Lambda."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from local.imaging_assets import ASSETS
from tests.template.reading import ROOT, of_type, parsed

BUILT = ROOT / ".aws-sam/native"
DEPLOYED = ROOT / ".aws-sam/build"
PYTHON = BUILT / ".python"
FUNCTIONS = of_type(parsed()["Resources"], "AWS::Serverless::Function")
LIMIT_BYTES = 250 * 1024 * 1024
"""AWS: a function and its layers, unzipped."""
PICTURES_LIMIT_BYTES = 200_000_000
"""Ours, for the function with native libraries, fonts and reading data: room for the next release of each."""

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


def _size_bytes(build: Path, function: str) -> int:
    """Of the function and everything in its layers, beside their code too."""
    folders = {part.partition("/")[0] for part in _parts(function)}
    return sum(path.stat().st_size for folder in folders for path in (build / folder).rglob("*") if path.is_file())


@pytest.mark.parametrize("function", sorted(FUNCTIONS))
def test_a_built_function_fits_into_lambda(function: str):
    """With its layers, unzipped."""
    assert _size_bytes(DEPLOYED, function) < LIMIT_BYTES


@pytest.mark.parametrize("build", [DEPLOYED, BUILT], ids=["deployed", "native"])
def test_the_picture_function_stays_under_200_mb(build: Path):
    """With its layers, unzipped, fonts and reading data among them."""
    assert _size_bytes(build, "AdaptImagesFunction") < PICTURES_LIMIT_BYTES


def test_the_imaging_layer_carries_its_fonts_and_reading_data_with_their_licences():
    """Every file that the list of assets names for the function, which characters each font has, and each package's licence."""
    packages = [one for one in json.loads(ASSETS.read_text("utf-8"))["packages"] if one["needed"] in {"always", "build"}]
    wanted = {target for one in packages for target in one["files"].values()}
    wanted |= {target.replace(".ttf", ".cover.json") for target in wanted if target.endswith(".ttf")}
    licences = {f"licences/{one['name'].lstrip('@').replace('/', '-')}.txt" for one in packages}

    layer = DEPLOYED / "ImagingLayer/imaging"

    assert {str(path.relative_to(layer)) for path in layer.rglob("*") if path.is_file() and path.suffix != ".sha256"} == wanted | licences


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
