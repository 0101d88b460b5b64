"""What was reported, word for word?

Feeds, mappings, reports and their versions, quarantine. Nothing is dropped silently."""
