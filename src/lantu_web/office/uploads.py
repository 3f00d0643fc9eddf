"""How files come in: streamed to the folder of uploads on their way, and no further than is allowed."""

from __future__ import annotations

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from lantu_web.documents.folders import incoming


class BoundedUploadHandler(FileUploadHandler):
    """Stops writing where a file is too large; ``request.upload_too_large`` then tells the view, which says so in words."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = 0
        self.file = UploadedFile(
            tempfile.NamedTemporaryFile(dir=incoming(), suffix=".upload"),  # noqa: SIM115 - goes when the request is closed
            self.file_name, self.content_type, 0, self.charset,
        )  # fmt: skip

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if self.received > settings.LANTU_UPLOAD_BYTES:
            self.request.upload_too_large = True  # type: ignore[union-attr]
            self.file.close()
            raise StopUpload(connection_reset=False)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        self.file.close()


def is_too_large(request: HttpRequest) -> bool:
    """Whether the upload of this request was stopped for its size."""
    return bool(getattr(request, "upload_too_large", False))
