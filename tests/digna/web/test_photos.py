"""Photographs are made small, upright and placeless; what is not one is refused in words."""

from io import BytesIO

import pytest
from PIL import Image

from digna.errors import Refused
from digna.web import photos


def photo(width: int = 3000, height: int = 2000, orientation: int = 1) -> bytes:
    picture = Image.effect_noise((width, height), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(0x8825)[2] = (16.0, 30.0, 0.0)
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_phone_photo_becomes_small_and_loses_its_place() -> None:
    kept = Image.open(BytesIO(photos.compressed(photo(orientation=6)).read()))
    assert max(kept.size) == photos.LONGEST_SIDE
    assert kept.height > kept.width  # turned upright
    assert not kept.getexif()


def test_it_weighs_less_than_it_came() -> None:
    came = photo()
    assert len(photos.compressed(came).read()) < len(came) / 2


@pytest.mark.parametrize("content", [b"", b"not a photo", b"\xff\xd8\xff\xe0cut", b"<svg/>"])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        photos.compressed(content)
    assert refused.value.code == "web.photo.unreadable"


def test_a_huge_file_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        photos.compressed(b"0" * (photos.BYTES_MAX + 1))
    assert refused.value.code == "web.photo.too_large"
