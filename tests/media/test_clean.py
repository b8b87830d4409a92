"""What becomes of the bytes that a person sends as a photo."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from bot.media import clean as cleaning
from bot.media.clean import LONGEST_SIDE, clean
from bot.model.errors import NotAPhoto

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20), **saving) -> bytes:
    out = BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(out, kind, **saving)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(clean(data)))


def tagged(orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKER] = "PhoneMaker"
    exif.get_ifd(GPS)[1] = "N"
    return picture("JPEG", exif=exif, comment=b"my home", icc_profile=b"profile")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is so large."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = zlib.crc32(name + data)
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(b"")), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_of_photo_becomes_a_jpeg_of_its_size(kind):
    photo = opened(picture(kind))
    assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (40, 20))


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK"])
def test_each_way_to_store_colour_becomes_plain_colour(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(picture(kind, mode)).mode == "RGB"


def test_what_is_transparent_becomes_white():
    assert opened(picture("PNG", "RGBA")).getpixel((0, 0)) == (255, 255, 255)


def test_where_and_with_what_it_was_taken_is_gone():
    photo = opened(tagged())
    assert (dict(photo.getexif()), photo.info.keys() & {"exif", "comment", "icc_profile"}) == (
        {},
        set(),
    )


def test_a_photo_taken_sideways_is_turned_upright():
    assert opened(tagged(orientation=6)).size == (20, 40)


def test_a_large_photo_is_made_smaller_in_proportion():
    assert opened(picture("JPEG", size=(6000, 3000))).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"%PDF-1.7",
        b"\xff\xd8\xff\xe0 not really",
        picture("GIF", "P"),
        picture("PNG")[:-30],
        picture("JPEG", size=(400, 400))[:300],
        picture("TIFF"),
    ],
)
def test_what_is_no_whole_photo_is_refused(data):
    with pytest.raises(NotAPhoto):
        clean(data)


def test_a_photo_of_the_kind_that_phones_alone_read_is_refused_by_name():
    with pytest.raises(NotAPhoto, match="heic"):
        clean(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64))


@pytest.mark.parametrize("size", [(30_000, 30_000), (2_000_000_000, 1), (9_000, 9_000)])
def test_a_decompression_bomb_is_refused_before_it_unfolds(size):
    with pytest.raises(NotAPhoto):
        clean(bomb(*size))


def test_a_file_too_large_is_refused_before_it_is_looked_into(monkeypatch):
    monkeypatch.setattr(cleaning, "MOST_BYTES", 10)
    with pytest.raises(NotAPhoto, match="10 bytes"):
        clean(picture("JPEG"))
