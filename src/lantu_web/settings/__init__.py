"""Settings by place of use: ``dev`` (and the demo), ``test``, ``production``; what they share is ``base``."""
