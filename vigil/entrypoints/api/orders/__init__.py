"""Orders over the API: make, live through and read them, by the actions of the pages."""
