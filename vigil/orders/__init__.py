"""Which orders bind whom, when, with which conditions?

Notices and orders as lists of events; status on any day is derived, never stored."""
