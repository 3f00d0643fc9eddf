"""The data files that come with the package. (``importlib.resources`` would do, and brings forty modules that nothing else needs.)"""

from __future__ import annotations

from pkgutil import get_data


def shipped(package: str, name: str) -> str:
    """The text of the file ``name`` beside the modules of ``package``."""
    content = get_data(package, name)
    if content is None:
        raise FileNotFoundError(f"{package}: {name}")
    return content.decode("utf-8")
