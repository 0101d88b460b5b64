"""The doors: signing in and out, the reason for looking, and who may come in where.

Every route is classified or refused; the middleware asks here before any view runs."""
