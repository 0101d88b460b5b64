"""The record of this room."""
