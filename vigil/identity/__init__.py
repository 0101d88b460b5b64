"""Which reports are about the same person?

Judgements, never merges: people are derived from reports, judgements and a model."""
