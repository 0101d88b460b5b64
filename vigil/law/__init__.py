"""What does the law say on this day?

The ground floor: statutes, calendars and reforms as dated data (TOML), and pure functions
over them. No Django, no clock, no settings; facts in, answer and its authority out.
"""
