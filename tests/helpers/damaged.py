"""A kept run to damage, and how a damaged one is refused."""

import json

import pytest

from tests.helpers.recorded import recorded
from workers.recordings.errors import RecordingError
from workers.recordings.layout import MOST_BYTES
from workers.recordings.recording import Recording

RECORDING = recorded()
RAW = RECORDING.to_bytes()
FILE = "20260101-000000-abcdef.threadmill"
TEXTS = {"head": json.dumps(dict(RECORDING.head)).encode(), "summary": json.dumps(dict(RECORDING.summary)).encode()}


def refused(raw: bytes) -> RecordingError:
    """The error that `raw` brings; anything else fails the test, a success too."""
    with pytest.raises(RecordingError) as caught:
        Recording.from_bytes(raw, FILE)
    assert str(caught.value).startswith(f"{FILE} cannot be used: at byte ")
    assert 0 <= caught.value.offset <= max(len(raw), MOST_BYTES)
    return caught.value
