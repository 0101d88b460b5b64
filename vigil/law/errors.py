"""The root of every error of the project, and the errors of the law room.

Each class's docstring is its default message. A message says what was expected, what was
found and what to do; it never carries a name, an address or a date of birth.
"""

from __future__ import annotations

from typing import ClassVar


class VigilError(Exception):
    """Something that vigil was asked to do could not be done."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (type(self).__doc__ or "").strip())


class LawError(VigilError):
    """The law room was asked something that it cannot answer."""

    code: ClassVar[str] = "bad_question"


class BadQuestionError(LawError):
    """The question is missing a field, or a field is of the wrong kind or out of range."""

    code = "bad_question"


class UnknownInstrumentError(LawError):
    """The instrument is not one of the codes that this version knows."""

    code = "unknown_instrument"


class NotInForceError(LawError):
    """The instrument was not in force on that day."""

    code = "not_in_force"


class CalendarExhaustedError(LawError):
    """The answer needs a day past the end of the calendar of bank holidays."""

    code = "calendar_exhausted"


class MonthArithmeticError(LawError):
    """The month has no such day, and no rounding was stated for the sum."""

    code = "bad_question"


class LawDataError(LawError):
    """A file of the law's data is wrong: it is not in the stated shape."""

    code = "bad_question"


class MissingLawError(LawError):
    """The law's data says nothing of that for that day; it is not yet answered by this version."""

    code = "bad_question"
