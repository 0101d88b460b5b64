"""The linkage engine: rows in, people out. No Django, no clock, no database of record.

Everything in it may be replaced; callers use `vigil.identity.face` and nothing else.
"""
