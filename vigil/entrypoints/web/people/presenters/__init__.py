"""A person in finished words: who fits, his reports, what binds him, why they are one person.

Pure: what queries answered goes in, strings come out. Decides nothing and reads nothing."""
