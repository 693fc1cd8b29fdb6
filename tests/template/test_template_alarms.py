"""Alarms: nothing waits, fails or piles up without somebody being told."""

from typing import Any

import pytest

from tests.template.reading import Resources, of_type, parsed

SOURCE = parsed()["Resources"]
QUEUES = of_type(SOURCE, "AWS::SQS::Queue")
WORK_QUEUES = sorted(name for name in QUEUES if name.endswith("Queue"))
DEAD_LETTER_QUEUES = sorted(name for name in QUEUES if name.endswith("Dlq"))
FUNCTIONS = sorted(of_type(SOURCE, "AWS::Serverless::Function"))


def _alarms(resources: Resources, metric: str, value: dict[str, Any]) -> list[dict[str, Any]]:
    alarms = of_type(resources, "AWS::CloudWatch::Alarm").values()
    return [alarm for alarm in alarms if alarm["MetricName"] == metric and alarm["Dimensions"][0]["Value"] == value]


@pytest.mark.parametrize("queue", DEAD_LETTER_QUEUES)
def test_a_dead_letter_raises_an_alarm(resources: Resources, queue: str):
    """On the messages that are there: the count of messages sent does not see what a redrive policy moved."""
    (alarm,) = _alarms(resources, "ApproximateNumberOfMessagesVisible", {"Fn::GetAtt": [queue, "QueueName"]})

    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "GreaterThanOrEqualToThreshold")


@pytest.mark.parametrize("queue", WORK_QUEUES)
def test_work_that_waits_too_long_raises_an_alarm(resources: Resources, queue: str):
    """After two deliveries at the earliest, since one retry is ordinary."""
    (alarm,) = _alarms(resources, "ApproximateAgeOfOldestMessage", {"Fn::GetAtt": [queue, "QueueName"]})

    assert alarm["Statistic"] == "Maximum"
    assert alarm["Threshold"] > QUEUES[queue]["VisibilityTimeout"]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_a_failing_or_throttled_function_raises_an_alarm(resources: Resources, function: str, metric: str):
    """Both are counted by Lambda itself, so they are seen even when the function cannot log."""
    (alarm,) = _alarms(resources, metric, {"Ref": function})

    assert (alarm["Namespace"], alarm["Statistic"], alarm["Threshold"]) == ("AWS/Lambda", "Sum", 1)


def test_every_alarm_goes_to_the_one_topic(resources: Resources):
    """And there is no alarm beyond those that the tests above ask for."""
    alarms = of_type(resources, "AWS::CloudWatch::Alarm")

    assert {str(alarm["AlarmActions"]) for alarm in alarms.values()} == {str([{"Ref": "AlarmTopic"}])}
    assert len(alarms) == len(DEAD_LETTER_QUEUES) + len(WORK_QUEUES) + 2 * len(FUNCTIONS)
