"""The colours can be read: each pair that stands together has its contrast, light and dark."""

from __future__ import annotations

import re

import pytest

from vigil.entrypoints.web.kit.environment import WEB

THEME = (WEB / "static/vigil/theme.css").read_text()
TEXT, EDGE = 4.5, 3.0
PAIRS = [
    ("ink", "page", TEXT),
    ("ink", "sunk", TEXT),
    ("quiet", "page", TEXT),
    ("quiet", "sunk", TEXT),
    ("link", "page", TEXT),
    ("link", "sunk", TEXT),
    ("head-ink", "head", TEXT),
    ("head-ink", "head-low", TEXT),
    ("act-ink", "act", TEXT),
    ("act-ink", "act-over", TEXT),
    ("late", "page", TEXT),
    ("breach-ink", "breach", TEXT),
    ("breach", "page", EDGE),
    ("cannot-ink", "cannot", TEXT),
    ("cannot-edge", "page", EDGE),
    ("proposed", "proposed-page", TEXT),
    ("ink", "proposed-page", TEXT),
    ("mask-ink", "mask", TEXT),
    ("mask-edge", "page", EDGE),
    ("order", "page", EDGE),
    ("for", "page", EDGE),
    ("against", "page", EDGE),
    ("edge", "page", EDGE),
    ("focus-ink", "focus", TEXT),
]


def tokens(theme: str) -> dict[str, str]:
    """The colours of a theme; dark is light with its own colours laid over."""
    blocks = re.findall(r":root \{(.*?)\}", THEME, re.DOTALL)
    wanted = blocks[:1] if theme == "light" else blocks[:2]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", " ".join(wanted)))


def brightness(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of two colours."""
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_known_at_its_ends() -> None:
    assert contrast("#000000", "#fff") == pytest.approx(21)
    assert contrast("#a8101c", "#a8101c") == pytest.approx(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("over", "under", "least"), PAIRS)
def test_a_pair_of_colours_can_be_told_apart(
    theme: str, over: str, under: str, least: float
) -> None:
    found = tokens(theme)
    assert contrast(found[over], found[under]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_colour_of_ours_is_green(theme: str) -> None:
    for name, colour in tokens(theme).items():
        digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
        red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
        assert green <= max(red, blue) + 8, name


def test_the_theme_knows_dark_high_contrast_and_paper() -> None:
    for asked in (
        "screen and (prefers-color-scheme: dark)",
        "forced-colors: active",
        "@media print",
    ):
        assert asked in THEME
