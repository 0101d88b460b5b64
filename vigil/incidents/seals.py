"""The places of this room's sealed values: which table, column, row and agency each is bound to.

A place is part of its seal and may never change. A victim's cells are bound to their force
and to the version of the report; a quarantined row's to its load and the agency that sent it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from vigil.access.sealing import seal, unseal

# Plain ASCII, so that a byte that was no text (a lone surrogate) comes back as it went in.
_quoted = json.encoder.encode_basestring_ascii
_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def _victim_row(force: str, report_id: str, version: int) -> str:
    return f"{force}/{report_id}/{version}"


def seal_victim(cells: Mapping[str, str], force: str, report_id: str, version: int) -> bytes:
    """The victim's cells of one version of a report, sealed."""
    # JSON by hand, since an encoder for each of a million rows costs more than the sealing.
    plain = (
        "{" + ",".join([f"{_quoted(name)}:{_quoted(cell)}" for name, cell in cells.items()]) + "}"
    )
    return seal(
        plain.encode(),
        table="incidents_reportvictim",
        column="sealed",
        row=_victim_row(force, report_id, version),
        agency=force,
    )


def open_victim(sealed: Any, force: str, report_id: str, version: int) -> dict[str, str]:
    """The victim's cells. Raises: SealBrokenError."""
    plain = unseal(
        bytes(sealed),
        table="incidents_reportvictim",
        column="sealed",
        row=_victim_row(force, report_id, version),
        agency=force,
    )
    return dict(json.loads(plain))


def quarantine_row(load_reference: str, row: int) -> str:
    """The reference of a row in quarantine, which is also the row of its seals."""
    return f"{load_reference}/{row}"


def seal_row(content: Mapping[str, Any], column: str, reference: str, agency: str) -> bytes:
    """What a quarantined row holds (`sealed`), or what was mended of it (`mended`), sealed."""
    return seal(
        _encode(content).encode(),
        table="incidents_quarantinedrow",
        column=column,
        row=reference,
        agency=agency,
    )


def open_row(sealed: Any, column: str, reference: str, agency: str) -> dict[str, Any]:
    """What `seal_row` sealed. Raises: SealBrokenError."""
    plain = unseal(
        bytes(sealed),
        table="incidents_quarantinedrow",
        column=column,
        row=reference,
        agency=agency,
    )
    return dict(json.loads(plain))
