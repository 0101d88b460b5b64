"""What was done, and can we prove it?

Append-only entries, a Merkle tree over them, and a verifier that stands alone."""
