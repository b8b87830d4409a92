"""What whoever runs cityvoice sets: environment variables and `.env`, prefix CITYVOICE_."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    SecretStr,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from bot.model.errors import Fault, Misconfigured

PREFIX = "CITYVOICE_"
_DOTENV = ".env"
_ENVIRONMENT = "environment"
_KEY_FILE = "secret_key"
_URL = TypeAdapter(AnyHttpUrl)
_Where = tuple[str, int]
_REMEDIES = {
    "web_address": "write an address such as https://city.example",
    "database_address": "write sqlite:///var/cityvoice.db or postgresql://user@host/name",
    "other_half": "set it, or unset the variables that need it",
    "extra_forbidden": "remove it or correct its spelling",
}


def _empty_is_none(value: object) -> object:
    """A variable set to nothing is as good as none."""
    return None if value == "" else value


def _web_address(text: str) -> str:
    try:
        _URL.validate_python(text)
    except ValidationError:
        raise PydanticCustomError("web_address", "is not a web address") from None
    return text.rstrip("/")


def _database_address(text: str) -> str:
    if not text.startswith(("sqlite://", "postgresql://")):
        raise PydanticCustomError("database_address", "is neither SQLite nor PostgreSQL")
    return text


Secret = Annotated[SecretStr | None, BeforeValidator(_empty_is_none)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
OptionalAddress = Annotated[WebAddress | None, BeforeValidator(_empty_is_none)]
DatabaseAddress = Annotated[str, AfterValidator(_database_address)]


class Part(BaseModel):
    """A group of settings that belong together."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LineSettings(Part):
    """The LINE channel: on when both its secret and its token are set."""

    channel_secret: Secret = None
    channel_access_token: Secret = None
    api_base: WebAddress = "https://api.line.me"
    data_api_base: WebAddress = "https://api-data.line.me"

    @model_validator(mode="after")
    def both_or_neither(self) -> Self:
        """A secret without a token, or the reverse, is a fault."""
        if (self.channel_secret is None) != (self.channel_access_token is None):
            lacking = "channel_secret" if self.channel_secret is None else "channel_access_token"
            raise PydanticCustomError("other_half", "is not set", {"lacking": lacking})
        return self

    @property
    def on(self) -> bool:
        """Whether the channel takes part."""
        return self.channel_secret is not None


class TelegramSettings(Part):
    """The Telegram channel: on when its token is set."""

    token: Secret = None
    webhook_secret: Secret = None
    api_base: WebAddress = "https://api.telegram.org"
    mode: Literal["polling", "webhook"] = "polling"

    @model_validator(mode="after")
    def webhooks_are_secret(self) -> Self:
        """A webhook without a secret would take anybody's word."""
        if self.on and self.mode == "webhook" and self.webhook_secret is None:
            raise PydanticCustomError("other_half", "is not set", {"lacking": "webhook_secret"})
        return self

    @property
    def on(self) -> bool:
        """Whether the channel takes part."""
        return self.token is not None


class ForwardSettings(Part):
    """Where proposals go."""

    folder: Path = Path("var/proposals")
    webhook_url: OptionalAddress = None
    webhook_secret: Secret = None

    @model_validator(mode="after")
    def webhooks_are_signed(self) -> Self:
        """An address needs a secret to sign with."""
        if self.webhook_url and self.webhook_secret is None:
            raise PydanticCustomError("other_half", "is not set", {"lacking": "webhook_secret"})
        return self


class Settings(BaseSettings):
    """All settings, each checked; tests give them as keywords.

    Paths are relative to the working folder. `secret_key` is None only until read_settings
    has made one.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_nested_delimiter="__",
        env_file=_DOTENV,
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
    )

    database_url: DatabaseAddress = "sqlite:///var/cityvoice.db"
    city: str = "taipei"
    config_dir: Path = Path("config")
    media_dir: Path = Path("var/media")
    public_url: OptionalAddress = None
    secret_key: Secret = None
    embeddings: bool = False
    line: LineSettings = LineSettings()
    telegram: TelegramSettings = TelegramSettings()
    forward: ForwardSettings = ForwardSettings()


def read_settings(var: Path = Path("var")) -> Settings:
    """The settings of the environment and of `.env`, with a secret key that stays.

    A key that is not set is taken from `var`, where the first start leaves one. Raises
    Misconfigured with every fault, each naming its variable.
    """
    given = _given()
    faults = list(_strangers(given))
    try:
        settings = Settings()
    except ValidationError as error:
        faults += [_fault(one, given) for one in error.errors(include_url=False)]
    except SettingsError as error:
        faults.append(_unread(str(error), given))
    if faults:
        raise Misconfigured(tuple(sorted(faults, key=lambda f: (f.file, f.line, f.fault))))
    if settings.secret_key is not None:
        return settings
    return settings.model_copy(update={"secret_key": SecretStr(_kept_key(var / _KEY_FILE))})


def _given() -> Mapping[str, _Where]:
    """Our variables that are set, in capitals, each with its file and line. The environment
    comes before `.env`, as it does when settings are read."""
    try:
        lines = Path(_DOTENV).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    names = [line.partition("=")[0].removeprefix("export ").strip().upper() for line in lines]
    given = {name: (_DOTENV, at) for at, name in enumerate(names, start=1)}
    given |= {name.upper(): (_ENVIRONMENT, 0) for name in os.environ}
    return {name: where for name, where in given.items() if name.startswith(PREFIX)}


def _strangers(given: Mapping[str, _Where]) -> Iterator[Fault]:
    """A misspelt variable would otherwise change nothing, in silence."""
    for name, where in given.items():
        if name.removeprefix(PREFIX).partition("__")[0].lower() not in Settings.model_fields:
            yield Fault(*where, f"{name} is no setting", "remove it or correct its spelling")


def _fault(error: ErrorDetails, given: Mapping[str, _Where]) -> Fault:
    """The value itself is not told: it may be a secret."""
    lacking = error.get("ctx", {}).get("lacking")
    loc = (*error["loc"], lacking) if lacking else error["loc"]
    name = PREFIX + "__".join(str(step) for step in loc).upper()
    where = given.get(name) or _neighbour(name, given)
    message = error["msg"].replace("Input", "the value", 1)
    return Fault(*where, f"{name}: {message}", _REMEDIES.get(error["type"], "correct the value"))


def _neighbour(name: str, given: Mapping[str, _Where]) -> _Where:
    """Where the first variable of the same group is set."""
    group = name.rpartition("__")[0]
    found = (where for other, where in given.items() if group and other.startswith(group))
    return next(found, (_ENVIRONMENT, 0))


def _unread(message: str, given: Mapping[str, _Where]) -> Fault:
    """A group given as one variable that is not JSON."""
    group = next((f for f in Settings.model_fields if f'"{f}"' in message), "")
    name = f"{PREFIX}{group.upper()}"
    where = given.get(name, (_ENVIRONMENT, 0))
    return Fault(*where, f"{name} cannot be read", f"set {name}__… for each of its parts")


def _kept_key(path: Path) -> str:
    """The key of that file, made on the first call and readable by its owner alone."""
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        fault = f"the secret key cannot be kept: {error}"
        remedy = f"make the folder writable or set {PREFIX}SECRET_KEY"
        raise Misconfigured((Fault(str(path), 1, fault, remedy),)) from None
    if not key:
        raise Misconfigured((Fault(str(path), 1, "is empty", "remove it: a key will be made"),))
    return key


def _make_key(path: Path) -> None:
    """Leave a new key at `path`, whole or not at all; one that is there by then stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(32))
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
