"""Two form fields that HTML has no good control for: a day, and a moment of a day.

Each is typed in small boxes, as people say it. Faults name the box in the user's words. It refuses
to guess: an hour that the clocks skip or have twice is asked for again.
"""

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError

from vigil.entrypoints.web.kit.formats import LONDON

MONTHS = {
    word: number
    for number, name in enumerate(calendar.month_name)
    for word in (name.lower(), name[:3].lower())
    if number
}
TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?\s*(bst|gmt)?", re.IGNORECASE)


class DayWidget(forms.Widget):
    """Three boxes: day, month, year. The kit's macro draws them; the widget reads them back."""

    BOXES: ClassVar[Mapping[str, tuple[str, int]]] = {
        "day": ("Day", 2),
        "month": ("Month", 2),
        "year": ("Year", 4),
    }

    def value_from_datadict(
        self,
        data: Any,
        files: Any,  # noqa: ARG002
        name: str,
    ) -> dict[str, str]:
        """What was typed, box by box, word for word."""
        return {key: str(data.get(f"{name}-{key}") or "").strip() for key in self.BOXES}

    def value_omitted_from_data(
        self,
        data: Any,
        files: Any,  # noqa: ARG002
        name: str,
    ) -> bool:
        """Whether none of the boxes was sent."""
        return not any(f"{name}-{key}" in data for key in self.BOXES)

    def typed(self, value: Any) -> dict[str, str]:
        """What stands in the boxes: the words typed, a value given at first, or nothing."""
        if isinstance(value, Mapping):
            return {key: str(value.get(key, "")) for key in self.BOXES}
        if isinstance(value, date):
            return self.boxes_of(value)
        return dict.fromkeys(self.BOXES, "")

    def boxes_of(self, value: date) -> dict[str, str]:
        """A day as the three boxes hold it."""
        return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}


class MomentWidget(DayWidget):
    """The three boxes of a day and a fourth for the time, in either clock."""

    BOXES: ClassVar[Mapping[str, tuple[str, int]]] = {**DayWidget.BOXES, "time": ("Time", 5)}

    def boxes_of(self, value: date) -> dict[str, str]:
        """A moment as the four boxes hold it, on the clock of London."""
        if not isinstance(value, datetime):
            return {**super().boxes_of(value), "time": ""}
        local = value.astimezone(LONDON)
        return {**super().boxes_of(local), "time": f"{local:%H:%M}"}


class DayField(forms.Field):
    """A day typed in three boxes. `what` names it in a fault: "the date of service"."""

    widget = DayWidget

    def __init__(self, *, what: str = "the date", **kwargs: Any) -> None:
        self.what = what
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The day, None where none was asked for, or a sentence that says which box is wrong."""
        boxes = cast(DayWidget, self.widget).typed(value)
        if not any(boxes.values()):
            if self.required:
                raise ValidationError(f"Enter {self.what}")
            return None
        missing = [key for key, typed in boxes.items() if not typed]
        if missing:
            names = " and a ".join(missing)
            raise ValidationError(f"{self._start} must include a {names}")
        result = self.read(boxes)
        self.run_validators(result)
        return result

    def read(self, boxes: Mapping[str, str]) -> date:
        """The day that full boxes say."""
        month = boxes["month"].lower()
        try:
            if len(boxes["year"]) != 4:
                raise ValueError
            return date(int(boxes["year"]), MONTHS.get(month) or int(month), int(boxes["day"]))
        except ValueError:
            raise ValidationError(f"{self._start} must be a real date, such as 27 3 2026") from None

    @property
    def _start(self) -> str:
        return self.what[:1].upper() + self.what[1:]


class MomentField(DayField):
    """A day and a time on the clock of London, as an aware instant in UTC."""

    widget = MomentWidget

    def read(self, boxes: Mapping[str, str]) -> datetime:
        """The instant that full boxes say."""
        on = super().read(boxes)
        hour, minute, zone = self._time(boxes["time"])
        naive = datetime(on.year, on.month, on.day, hour, minute)  # noqa: DTZ001 - zoned below
        came = [local for local in self._folds(naive) if zone in ("", local.tzname())]
        if not came:
            raise ValidationError(f"{self._start} is a time that the clocks skip on that day")
        if came[0].utcoffset() != came[-1].utcoffset():
            raise ValidationError(
                f"{self._start} came twice that night: add BST for the first time or GMT for the "
                "second, such as 1:30am BST"
            )
        return came[0].astimezone(UTC)

    def _folds(self, naive: datetime) -> list[datetime]:
        """The one or two times that a clock on the wall showed this, or none if it skipped it."""
        both = [naive.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1)]
        return [
            local
            for local in both
            if local.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == naive
        ]

    def _time(self, typed: str) -> tuple[int, int, str]:
        found = TIME.fullmatch(typed)
        if found:
            hour, minute = int(found[1]), int(found[2] or 0)
            half, zone = (found[3] or "").lower(), (found[4] or "").upper()
            if half and 1 <= hour <= 12:
                hour = hour % 12 + (12 if half == "pm" else 0)
            elif half or found[2] is None:
                hour = 24
            if hour < 24 and minute < 60:
                return hour, minute, zone
        raise ValidationError(f"{self._start} must have a time, such as 16:10 or 4:10pm")
