"""The command line: one file a topic, assembled in `main`."""
