"""The register of plans, the review of what was found in them, their approved versions and adjustments."""
