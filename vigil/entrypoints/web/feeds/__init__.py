"""The pages of a feed: send one, see how far it is, see what was wrong with it and mend it."""
