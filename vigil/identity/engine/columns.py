"""The columns that the engine reads from a feed, and those that cleaning makes of them.

It spells the feed's column names once; it decides nothing about their values.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

# What the engine reads; every one but `row` may be absent or null.
READ: Final = (
    "report_id",
    "force",
    "reported_on",
    "occurred_on",
    "category",
    "offence",
    "basis",
    "suspect_forename",
    "suspect_middle",
    "suspect_surname",
    "suspect_aliases",
    "suspect_born_on",
    "suspect_sex",
    "suspect_house",
    "suspect_postcode",
    "suspect_phone",
    "suspect_email",
    "suspect_handles",
    "suspect_vehicle",
    "suspect_pnc",
    "suspect_cro",
    "victim_ref",
    "victim_forename",
    "victim_surname",
    "victim_born_on",
    "victim_sex",
    "victim_postcode",
    "victim_phone",
    "relationship",
)

FEED_SCHEMA: Final = pa.schema(
    [pa.field("row", pa.int64()), *(pa.field(name, pa.string()) for name in READ)]
)

# What is known of a suspect once cleaned: the model's conditions name these and no others.
CLEANED: Final = (
    "surname",
    "forename",
    "root",
    "roots",
    "middle",
    "given",
    "families",
    "born",
    "year",
    "month",
    "is_weak",
    "sex",
    "number",
    "street",
    "postcode",
    "outcode",
    "home",
    "phone",
    "email",
    "handles",
    "vehicle",
    "pnc",
    "pnc_written",
    "cro",
    "cro_written",
)


def conform(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with exactly the engine's columns: absent ones null, unknown ones left out."""
    arrays = []
    for field in FEED_SCHEMA:
        index = batch.schema.get_field_index(field.name)
        if index < 0:
            arrays.append(pa.nulls(batch.num_rows, field.type))
            continue
        column = batch.column(index)
        arrays.append(column if column.type == field.type else column.cast(field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=FEED_SCHEMA)
