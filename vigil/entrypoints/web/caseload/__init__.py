"""Today, a caseload with what is late first, its alerts, and what a subject told at the counter.

Lists are late before due before later; the rest are counted. Never shows a name without a look."""
