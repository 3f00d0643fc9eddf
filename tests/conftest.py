"""How many examples the property tests try. One place for all of them: no test says a number of its own.

``LANTU_EXAMPLES=thorough`` (every night) tries many, and other ones each time. Without it a run tries few, always the same, so that a test
that turned red was turned by the change.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code, and records of every type are large and slow to draw.
_BUSY_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.differing_executors]

settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_BUSY_MACHINE)
settings.register_profile("thorough", max_examples=2_000, deadline=None, derandomize=False, suppress_health_check=_BUSY_MACHINE)
settings.load_profile(os.environ.get("LANTU_EXAMPLES", "quick"))
