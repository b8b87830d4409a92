"""Make a photo safe to keep and show: a plain JPEG of bounded size that tells nothing
but its picture. Where and when it was taken, the camera and previews go.
"""

from __future__ import annotations

import struct
from io import BytesIO

import filetype
from PIL import Image, ImageOps

from bot.model.errors import NotAPhoto

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""More than phones take; a decompression bomb is told by its header, before it unfolds."""

LONGEST_SIDE = 2048
"""Pixels; enough to read a house number across the street."""

QUALITY = 85

_FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
# What Pillow's readers raise on broken files.
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, struct.error)


def clean(data: bytes) -> bytes:
    """The photo as JPEG without metadata, upright, no side above LONGEST_SIDE pixels.

    Costs about half a second of processor for 12 megapixels. Raises NotAPhoto.
    """
    if len(data) > MOST_BYTES:
        raise NotAPhoto(f"the photo has more than {MOST_BYTES} bytes: send a smaller one")
    image = _opened(data, _format(data))
    try:
        return _encoded(_upright(image))
    except (*_BROKEN, MemoryError, Image.DecompressionBombError) as error:
        raise NotAPhoto(f"the photo is broken ({type(error).__name__}): send it again") from None


def _format(data: bytes) -> str:
    """What its first bytes say it is; a name or a declared type is never believed."""
    kind = filetype.guess_mime(data)
    found = _FORMATS.get(kind or "")
    if found is None:
        raise NotAPhoto(f"{kind or 'an unknown kind of file'} is no photo: send JPEG or PNG")
    Image.init()
    if found not in Image.OPEN:
        raise NotAPhoto(f"{kind} cannot be read here: send JPEG or PNG")
    return found


def _opened(data: bytes, kind: str) -> Image.Image:
    """Only the header is read, so that its size can be refused first."""
    try:
        image = Image.open(BytesIO(data), formats=[kind])
    except (*_BROKEN, Image.DecompressionBombError) as error:
        raise NotAPhoto(f"the photo is broken ({type(error).__name__}): send it again") from None
    if image.width * image.height > MOST_PIXELS:
        raise NotAPhoto(f"the photo has more than {MOST_PIXELS} pixels: send a smaller one")
    return image


def _upright(image: Image.Image) -> Image.Image:
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG unfolds at a fraction of its size
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return turned


def _encoded(image: Image.Image) -> bytes:
    """Pasted on white paper, so that neither transparency nor any tag goes along."""
    paper = Image.new("RGB", image.size, "white")
    seen = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
    paper.paste(seen, mask=seen if seen.mode == "RGBA" else None)
    out = BytesIO()
    paper.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
