"""Candidates and what is decided about them. A list registers nobody: a named officer decides."""
