"""The optional assistant: any OpenAI-compatible endpoint may add candidates, each grounded in the text or thrown away.

Off unless asked for; the rules stand on their own, and an endpoint that fails costs nothing but its candidates.
"""

from lantu.assist.candidates import AssistReport, add_candidates
from lantu.assist.endpoint import Endpoint

__all__ = ["AssistReport", "Endpoint", "add_candidates"]
