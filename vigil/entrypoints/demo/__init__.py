"""The demo: an invented force with a year behind it, played through the doors that a user has.

It holds no rule and writes no row: every step is a command, a page or a call of the API, and
a step whose outcome is not the expected one stops the demo.
"""
