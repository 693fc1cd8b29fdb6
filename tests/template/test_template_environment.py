"""What the template gives a function and what the function's settings ask for are the same."""

import pytest

from tests.template.reading import Resources, logical_id, of_type, parsed, step_of

STEPS = sorted(step_of(name, "Function") for name in of_type(parsed()["Resources"], "AWS::Serverless::Function"))


@pytest.mark.parametrize("step", STEPS)
def test_settings_and_variables_match_both_ways(resources: Resources, step: str):
    """A variable that nobody reads and a setting that nobody gives are both mistakes; Powertools reads its own."""
    from onestop.runtime import settings

    variables = resources[logical_id(step, "Function")]["Properties"]["Environment"]["Variables"]
    model = getattr(settings, logical_id(step, "Settings"))

    assert {name for name in variables if not name.startswith("POWERTOOLS_")} == {name.upper() for name in model.model_fields}
