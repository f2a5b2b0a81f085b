"""Uploads that are too large, or come from somebody who has not signed in, are refused before they are read."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class SizeLimit(FileUploadHandler):
    """Comes before the handlers that keep what arrives, and keeps nothing itself."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any, **more: Any) -> None:  # noqa: N803
        """Raise RequestDataTooBig, which ends in the page for status 413."""
        is_known = self.request is not None and self.request.user.is_authenticated
        limit = settings.LARGEST_UPLOAD if is_known else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if content_length > limit:
            raise RequestDataTooBig(f"A request of {content_length:,} bytes was refused. The limit is {limit:,}.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """On to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing is kept here."""
