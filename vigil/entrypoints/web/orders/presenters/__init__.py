"""Orders and the law on them in finished strings. Decide nothing."""
