"""What helps Repartee to hear: a language model of requests, how it is made, what it gains."""

from pathlib import Path

REQUESTS_MODEL = Path(__file__).with_name("requests.lm")
