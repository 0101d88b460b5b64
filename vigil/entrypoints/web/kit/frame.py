"""What stands round every page: who is signed in, the main navigation, the demo mark.

The frame is built once a request, by whoever knows the viewer, and put on `request.frame`, where
the layouts find it. It refuses to decide what a person may see: the navigation it is given is the
navigation it shows.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One entry of the main navigation. `key` is what a page sets as `current`."""

    key: str
    label: str
    href: str


@dataclass(frozen=True)
class Frame:
    """The header of a page. Empty strings leave their part out."""

    user_name: str = ""
    agency: str = ""
    account_href: str = ""
    home_href: str = "/"
    sign_in_href: str = ""
    is_demo: bool = False
    places: tuple[Place, ...] = ()
    because: str = ""
    change_because_href: str = ""
    menu_href: str = ""
