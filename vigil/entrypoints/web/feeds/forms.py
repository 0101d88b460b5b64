"""The forms of a feed: the file with its mapping; the cells of a row in quarantine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import forms


class FeedForm(forms.Form):
    """A feed, and a mapping where its columns have other names."""

    feed = forms.FileField(
        label="The feed",
        help_text="CSV, JSON Lines or Parquet. Each row is one suspect against one victim.",
        error_messages={
            "required": "Choose the file of the feed",
            "empty": "The file is empty; choose the file of the feed",
        },
    )
    mapping = forms.FileField(
        label="A mapping, where the columns have other names",
        help_text="A TOML file. Leave it out when the feed has our columns.",
        required=False,
        max_length=200,
    )


class MendForm(forms.Form):
    """One box for each cell that has a fault."""

    def __init__(self, columns: Iterable[str], cells: Mapping[str, str], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        for column in columns:
            self.fields[column] = forms.CharField(
                label=column.replace("_", " ").capitalize(),
                initial=cells.get(column, ""),
                required=False,
                max_length=500,
                widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            )

    def mended(self) -> dict[str, str]:
        """What was typed, by column. Call when the form is valid."""
        return {column: str(value).strip() for column, value in self.cleaned_data.items()}
