"""Journeys through the whole house, by the doors that a user has."""
