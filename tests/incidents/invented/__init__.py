"""The invented feed: does it hold what it says, and nothing of anybody real?"""
