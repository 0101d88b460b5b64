"""Check a person, and one person's page: the answer first, then on what it rests.

Shows nothing without a look; what a role may not see it says in words, never as a gap."""
