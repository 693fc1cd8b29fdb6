"""The template, read and translated once for all tests of it."""

from typing import Any

import pytest

from tests.template.reading import Resources, parsed, translated


@pytest.fixture(scope="session")
def source() -> dict[str, Any]:
    """The template as it is written."""
    return parsed()


@pytest.fixture(scope="session")
def resources() -> Resources:
    """The resources that SAM makes of the template."""
    whole: Resources = translated()["Resources"]
    return whole
