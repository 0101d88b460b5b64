"""How does one get in?

Web, API, command line and worker: each parses, calls an action or a query, and renders.
Refuses to touch a model or to hold a rule."""
