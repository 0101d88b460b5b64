"""Finished words for the doorstep's pages."""
