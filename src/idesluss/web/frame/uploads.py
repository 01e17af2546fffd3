"""Files that are sent to us: too much at once is refused before it is read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 110 * 1024 * 1024
"""Bytes of one request: ten attachments of ten megabytes, and what is written beside them."""


class NotTooMuch(FileUploadHandler):
    """First among the handlers: refuses a request that says it is too large, keeps nothing."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  (Django's name for it)
        content_length: int,
        boundary: Any,  # bytes, whatever its documentation says
        encoding: str | None = None,
    ) -> None:
        if content_length > LARGEST:
            raise RequestDataTooBig("The request is larger than any of our forms needs.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
