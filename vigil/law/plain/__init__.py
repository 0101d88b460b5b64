"""The law in words that an officer can read: one account of one instrument on one day.

Pure, and built from the dated facts alone: no number of a statute is written here. A line is
there only where a fact is; what the data does not say is listed and never made up.
`account.account(code, on, regime, jurisdiction=...) -> Account`.
"""
