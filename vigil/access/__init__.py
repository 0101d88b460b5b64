"""Who may see and do what, and for what reason?

Agencies, users, roles, the look that must come before any personal data, sealed values."""
