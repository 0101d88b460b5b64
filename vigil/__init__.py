"""vigil: a register of serial stalkers and domestic-abuse perpetrators, and the orders against them.

Fifteen rooms in one column; each may import only the rooms under it (docs/explanation).
This file holds no code: importing the package loads nothing.
"""
