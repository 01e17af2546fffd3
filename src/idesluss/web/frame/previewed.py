"""A file on its way from a preview to yes: signed into the page, so nothing lies on the server."""

from __future__ import annotations

import base64
from typing import Any, ClassVar

from django import forms
from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIZE_LIMIT = 2 * 1024 * 1024  # bytes
HOLDS = 60 * 60  # seconds between preview and yes


class PreviewedForm(forms.Form):
    """A form with a table that is looked over before it is taken in.

    ``salt`` tells the page's files from others'; ``too_large`` says what to do with a file over
    ``SIZE_LIMIT``. After the preview the page sends the file back as ``kept``.
    """

    salt: ClassVar[str]
    too_large: ClassVar[str | Promise]

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("kept"):
            self.fields["file"].required = False

    def clean_file(self) -> tuple[str, bytes]:
        """Name and content: of the file just chosen, or of the one kept from the preview."""
        file = self.cleaned_data["file"]
        if file is None:
            return self._kept()
        if file.size > SIZE_LIMIT:
            raise forms.ValidationError(str(self.too_large))
        return file.name, file.read()

    def _kept(self) -> tuple[str, bytes]:
        try:
            name, data = signing.loads(self.data.get("kept", ""), salt=self.salt, max_age=HOLDS)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("It is more than an hour since the preview. Choose the file again.")
            ) from None
        return name, base64.b85decode(data)

    def keep(self) -> str:
        """The file as signed text, so that what was previewed is what is taken in."""
        name, data = self.cleaned_data["file"]
        return signing.dumps([name, base64.b85encode(data).decode()], salt=self.salt)
