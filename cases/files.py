"""Uploads: photos and PDFs only, recognised by their content, stored under random names, served inert."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases import events
from cases.models import Attachment, Case
from shops.models import User

MAX_BYTES = 8 * 1024 * 1024
SIGNATURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
    b"%PDF-": "application/pdf",
}


def sniff(head: bytes) -> str:
    """The content type by the first bytes, "" for anything we do not take."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for signature, kind in SIGNATURES.items() if head.startswith(signature)), "")


def check_upload(upload: Any) -> Any:
    """The upload itself if it is a photo or PDF of at most 8 MB; ValidationError says what is wrong."""
    if not upload:
        return None
    if upload.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 8 MB. Take a smaller photo."))
    head = upload.read(16)
    upload.seek(0)
    if not sniff(head):
        raise ValidationError(_("Only photos (JPEG, PNG, WebP, GIF) and PDF files can be added."))
    return upload


def attach(case: Case, upload: Any, *, by: User | None, is_proof: bool = False) -> Attachment:
    """Keep a checked upload with the case."""
    head = upload.read(16)
    upload.seek(0)
    with transaction.atomic():
        attachment = Attachment.objects.create(
            shop_id=case.shop_id,
            case=case,
            file=upload,
            name=(upload.name or "file")[-120:],
            content_type=sniff(head),
            size=upload.size or 0,
            is_proof=is_proof,
            by=by,
        )
        events.add_event(case, events.ATTACHED, by=by, name=attachment.name)
    return attachment
