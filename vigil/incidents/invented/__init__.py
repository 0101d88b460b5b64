"""An invented feed: what would 43 forces send, if nobody in it were real?

Makes reports about people who do not exist, with the truth of who is who beside them,
for the demo, the tests and the benchmarks. It never reads a real feed, and shares no
table, list or constant with the identity model that is measured on it: a model that
knew how the errors are made would only be marking its own work.
"""

from vigil.incidents.invented.errors import InventedFeedError
from vigil.incidents.invented.feed import Made, make_feed

__all__ = ["InventedFeedError", "Made", "make_feed"]
