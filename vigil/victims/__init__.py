"""Who is protected, and how may they be reached safely?

Nothing that faces the subject can reach this room; orders say `protected person 1`."""
