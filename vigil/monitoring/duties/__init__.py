"""Every duty of one person as a function of what is known of him. Pure: no clock, no record.

Which days, items and offences: asked of the law room. What is told later changes what is
known, never the instant at which something became so.
"""
