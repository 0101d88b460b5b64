"""Background work: asks each room what is due, and has its action do it."""
