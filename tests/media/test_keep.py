"""Photos in their folder."""

import pytest

from bot.media.keep import Keep

KEY = "7e1c0c0e-0000-4000-8000-000000000001"


@pytest.fixture
def keep(tmp_path):
    return Keep(tmp_path / "media")


def test_what_was_put_is_got(keep):
    keep.put(KEY, b"photo")
    assert keep.get(KEY) == b"photo"


def test_what_was_put_last_is_got(keep):
    keep.put(KEY, b"old")
    keep.put(KEY, b"new")
    assert keep.get(KEY) == b"new"


def test_what_was_never_put_is_nothing(keep):
    assert keep.get(KEY) is None


def test_what_was_deleted_is_gone(keep, tmp_path):
    keep.put(KEY, b"photo")
    keep.delete(KEY)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_deleting_what_is_not_there_is_no_fault(keep):
    assert keep.delete(KEY) is None


def test_only_the_owner_may_read_a_photo(keep, tmp_path):
    keep.put(KEY, b"photo")
    (path,) = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


@pytest.mark.parametrize(
    "key", ["", "short", "../../etc/passwd", "/etc/passwd", "a" * 129, "aaaaaaaa\n", "aaaa/aaaa"]
)
def test_no_key_leads_out_of_the_folder(keep, key):
    for reach in (keep.get, keep.delete, lambda k: keep.put(k, b"photo")):
        with pytest.raises(ValueError, match="key"):
            reach(key)
