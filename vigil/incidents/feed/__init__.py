"""A feed file read row by row: what each cell should be, what it is, and what is wrong with it.

Pure of Django and of the clock. It writes nothing, and a fault never quotes a name or a whole
date of birth.
"""
