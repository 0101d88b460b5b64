"""Is this a breach, and what may I do? Facts in, one verdict with its reasons out.

Pure: no Django, no clock, no record (only `live.py` beside these reads the record). The public
faces are `judge.judge` over the facts of `facts.py`, and `ask.answer` over the words of the
question. Refuses to reveal: no answer holds a distance, a bearing, an address or a coordinate.
"""
