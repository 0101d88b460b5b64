"""The API under /api/v1: the same actions and queries as the web, in JSON."""
