"""The only writers of this room: runs and what they found, and human judgements."""

from vigil.identity.actions.judging import judge, withdraw_judgement
from vigil.identity.actions.recording import (
    finish_run,
    record_frequencies,
    record_links,
    record_people,
    start_run,
)
from vigil.identity.actions.running import Recorded, identify_record

__all__ = [
    "Recorded",
    "finish_run",
    "identify_record",
    "judge",
    "record_frequencies",
    "record_links",
    "record_people",
    "start_run",
    "withdraw_judgement",
]
