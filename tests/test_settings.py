"""Settings: the defaults that were promised, and faults that name their variable."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from bot.model.errors import Misconfigured
from bot.settings import Settings, read_settings


@pytest.fixture
def var(tmp_path, monkeypatch) -> Path:
    """An empty working folder, no variable set, and the folder for the key."""
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "CITY", "SECRET_KEY", "LINE__CHANNEL_SECRET"):
        monkeypatch.delenv(f"CITYVOICE_{name}", raising=False)
    return tmp_path / "var"


def faults(var):
    with pytest.raises(Misconfigured) as caught:
        read_settings(var)
    return caught.value.faults


def test_the_defaults_are_those_that_were_promised(var):
    found = read_settings(var)
    assert found.model_dump(exclude={"secret_key"}) == {
        "database_url": "sqlite:///var/cityvoice.db",
        "city": "taipei",
        "config_dir": Path("config"),
        "media_dir": Path("var/media"),
        "public_url": None,
        "embeddings": False,
        "line": {
            "channel_secret": None,
            "channel_access_token": None,
            "api_base": "https://api.line.me",
            "data_api_base": "https://api-data.line.me",
        },
        "telegram": {
            "token": None,
            "webhook_secret": None,
            "api_base": "https://api.telegram.org",
            "mode": "polling",
        },
        "forward": {
            "folder": Path("var/proposals"),
            "webhook_url": None,
            "webhook_secret": None,
        },
    }


def test_a_secret_key_is_made_once_and_stays(var):
    first = read_settings(var).secret_key.get_secret_value()
    assert len(first) >= 43
    assert read_settings(var).secret_key.get_secret_value() == first


def test_the_secret_key_is_its_owners_alone(var):
    read_settings(var)
    (kept,) = var.iterdir()
    assert (kept.name, stat.S_IMODE(kept.stat().st_mode)) == ("secret_key", 0o600)


def test_a_secret_key_that_is_set_leaves_no_file(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_SECRET_KEY", "of the city")
    assert read_settings(var).secret_key.get_secret_value() == "of the city"
    assert not var.exists()


def test_an_empty_key_file_is_a_fault(var):
    var.mkdir()
    (var / "secret_key").touch()
    assert faults(var)[0].fault == "is empty"


def test_a_key_that_cannot_be_kept_is_a_fault(var):
    var.write_text("not a folder")
    assert faults(var)[0].remedy == "make the folder writable or set CITYVOICE_SECRET_KEY"


def test_parts_are_set_by_two_underscores(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_LINE__CHANNEL_SECRET", "s")
    monkeypatch.setenv("CITYVOICE_LINE__CHANNEL_ACCESS_TOKEN", "t")
    monkeypatch.setenv("CITYVOICE_LINE__API_BASE", "http://127.0.0.1:9/")
    found = read_settings(var).line
    assert (found.on, found.api_base) == (True, "http://127.0.0.1:9")


def test_the_dotenv_file_is_read(var):
    Path(".env").write_text("CITYVOICE_CITY=taipei-1-7\n")
    assert read_settings(var).city == "taipei-1-7"


def test_a_variable_set_to_nothing_is_as_good_as_none(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_TELEGRAM__TOKEN", "")
    monkeypatch.setenv("CITYVOICE_PUBLIC_URL", "")
    found = read_settings(var)
    assert (found.telegram.on, found.public_url) == (False, None)


def test_secrets_do_not_show(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_TELEGRAM__TOKEN", "12:abc")
    assert "12:abc" not in repr(read_settings(var))


@pytest.mark.parametrize("given, lacking", [
    ("CHANNEL_SECRET", "CHANNEL_ACCESS_TOKEN"), ("CHANNEL_ACCESS_TOKEN", "CHANNEL_SECRET"),
])  # fmt: skip
def test_half_of_a_channels_credentials_is_a_fault(var, monkeypatch, given, lacking):
    monkeypatch.setenv(f"CITYVOICE_LINE__{given}", "x")
    (fault,) = faults(var)
    assert (fault.file, fault.fault) == ("environment", f"CITYVOICE_LINE__{lacking}: is not set")


@pytest.mark.parametrize(
    "variable, value",
    [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("PUBLIC_URL", "town.example"),
        ("LINE__API_BASE", "api"),
        ("TELEGRAM__MODE", "push"),
        ("FORWARD__WEBHOOK_URL", "receiver"),
    ],
)
def test_a_wrong_value_names_its_variable_and_not_its_value(var, monkeypatch, variable, value):
    monkeypatch.setenv(f"CITYVOICE_{variable}", value)
    (fault,) = faults(var)
    assert fault.fault.startswith(f"CITYVOICE_{variable}: ")
    assert value not in str(fault)


def test_a_fault_of_the_dotenv_file_has_its_line(var):
    Path(".env").write_text("# ours\nCITYVOICE_CITY=taipei\nCITYVOICE_TELEGRAM__MODE=push\n")
    (fault,) = faults(var)
    assert (fault.file, fault.line) == (".env", 3)


def test_a_misspelt_variable_is_a_fault(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_DATABSE_URL", "x")
    assert faults(var)[0].fault == "CITYVOICE_DATABSE_URL is no setting"


def test_a_misspelt_part_is_a_fault(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_LINE__SECRET", "x")
    assert faults(var)[0].remedy == "remove it or correct its spelling"


def test_a_group_in_one_variable_is_a_fault(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_TELEGRAM", "12:abc")
    assert faults(var)[0].fault == "CITYVOICE_TELEGRAM cannot be read"


def test_a_webhook_without_a_secret_is_a_fault(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_FORWARD__WEBHOOK_URL", "https://receiver.example")
    assert faults(var)[0].fault == "CITYVOICE_FORWARD__WEBHOOK_SECRET: is not set"


def test_all_faults_are_told_at_once(var, monkeypatch):
    monkeypatch.setenv("CITYVOICE_DATABASE_URL", "mysql://localhost/x")
    monkeypatch.setenv("CITYVOICE_TELEGRAM__MODE", "push")
    monkeypatch.setenv("CITYVOICE_TYPO", "x")
    assert len(faults(var)) == 3


def test_tests_may_give_settings_as_keywords():
    found = Settings(_env_file=None, city="town", telegram={"token": "t"})
    assert (found.city, found.telegram.on) == ("town", True)
