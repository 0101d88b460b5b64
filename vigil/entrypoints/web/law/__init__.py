"""The law's pages: what holds for an order on a day, with the proposed law beside it."""
