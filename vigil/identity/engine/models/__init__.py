"""The dated models, each a JSON file in Splink's own format with its thresholds beside it."""
