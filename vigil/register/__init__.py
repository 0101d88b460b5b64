"""Who is on the register, and why?

Candidates and their ranking, decisions by a named person, owners. Nobody is registered by
a computer."""
