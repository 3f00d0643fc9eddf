"""Zones, their units and the people in them; roles and rights."""
