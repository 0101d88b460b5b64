"""The register of serial stalkers and domestic-abuse perpetrators, and the orders against them.

Fifteen rooms in one column; each may import only the rooms under it (docs/explanation).
Importing the package loads nothing.
"""

__version__ = "0.1.0"
