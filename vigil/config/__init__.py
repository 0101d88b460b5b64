"""How is it started?

Settings, root addresses, the WSGI entry and the database back end. Refuses to hold a rule."""
