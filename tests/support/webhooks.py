"""The keys of the partners whose pushes are recorded in ``events/webhooks/``."""

from typing import Any

KEYS: dict[str, Any] = {
    "lazada": {"app_key": "900001", "app_secrets": ["kr-secret"]}, "daraz": {"app_key": "900002", "app_secrets": ["pk-secret"]},
    "miravia": {"app_key": "900003", "app_secrets": ["es-secret"]}, "aliexpress": {"app_key": "900004", "app_secrets": ["ae-secret"]},
    "trends": {"app_key": "900005", "app_secrets": ["invented-demand-key", "before"], "profile": {"family": "demand"}},
    "trendyol": {"sellers": {
        "100001": {"api_keys": ["invented-key-in-force", "invented-key-before", ""]}, "100002": {"logins": ["tyKey01:tySecret02", ""]},
    }},
}  # fmt: skip
