"""Orders: the list, making one, one order word for word, its service and its end.

A protected person is a number here, never a name. Says no only in the words of an action."""
