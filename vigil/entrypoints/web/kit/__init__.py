"""The design kit: how a page of vigil looks, and the words it uses for a day, a name or an hour.

It renders finished strings. It refuses to know a rule, a model or a person's rights, and to run
any script: a page works without one.
"""
