"""What an officer says that somebody has done: the buttons, and the act each of them asks about.

Names only: which act is held against which rule is the orders room's to say.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ActButton:
    """One button: its words, the act and the means that it stands for, and the act said back.

    `needs_rule`: shown only where an order of his has such a rule. `{whom}` in `said` is the
    protected person.
    """

    code: str
    words: str
    kind: str
    said: str
    means: str | None = None
    needs_rule: str = ""


BUTTONS: Final = (
    ActButton("near", "Came to her, or is with her", "approach", "he came to {whom}"),
    ActButton("place", "Is or was at a place", "presence", "he was at {place}"),
    ActButton("spoke", "Spoke to her", "contact", "he spoke to {whom}", "in_person"),
    ActButton(
        "wrote", "Called, wrote or sent", "contact", "he called, or sent something to, {whom}"
    ),
    ActButton(
        "sent", "Sent someone else", "contact", "he sent someone else to {whom}", "third_party"
    ),
    ActButton("violence", "Violence", "violence", "he was violent to {whom}"),
    ActButton("threat", "Threat", "threat", "he threatened {whom}"),
    ActButton("damage", "Damaged something", "damage", "he damaged something of {whom}"),
    ActButton("curfew", "Out in curfew", "absent_from_curfew", "he was out", needs_rule="curfew"),
    ActButton(
        "tag", "Tag taken off", "tag_removed", "his tag was taken off", needs_rule="wear_tag"
    ),
    ActButton(
        "missed",
        "Missed appointment",
        "missed_appointment",
        "he missed an appointment",
        needs_rule="attend",
    ),
    ActButton("moved", "New address", "new_address", "he has a new address", needs_rule="notify"),
    ActButton("renamed", "New name", "new_name", "he has a new name", needs_rule="notify"),
)
BY_CODE: Final = {button.code: button for button in BUTTONS}
# Acts towards somebody: whom they were towards is worth asking.
TOWARDS: Final = frozenset({"approach", "contact", "violence", "threat", "damage"})
# The means of an act that is told as "called, wrote or sent", in the words of the page.
MEANS: Final = {
    "phone": "Phone call",
    "text": "Text message",
    "social_media": "Social media",
    "email": "E-mail",
    "letter": "Letter",
    "gift": "Gift",
    "in_person": "In person",
    "third_party": "Through someone else",
    "legal_representative": "Through a solicitor",
}
MEANS_SAID: Final = {
    "phone": "he phoned {whom}",
    "text": "he sent a text to {whom}",
    "social_media": "he wrote to {whom} on social media",
    "email": "he sent an e-mail to {whom}",
    "letter": "he sent a letter to {whom}",
    "gift": "he sent a gift to {whom}",
    "legal_representative": "his solicitor wrote to {whom}",
}


def buttons_for(kinds: Collection[str]) -> list[ActButton]:
    """The buttons for somebody whose orders have rules of those kinds."""
    return [b for b in BUTTONS if not b.needs_rule or b.needs_rule in kinds]


def said(button: ActButton, means: str | None, whom: str, *, has_place: bool = False) -> str:
    """What was told, said back: "he sent a text to protected person 1"."""
    words = MEANS_SAID.get(means or "", button.said) if button.code == "wrote" else button.said
    place = "the place that you gave" if has_place else "a place"
    return words.format(whom=whom, place=place)
