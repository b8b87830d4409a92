"""What comes in and what goes out, in no platform's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a person can be reached: a channel and that channel's id of the chat."""

    channel: str
    id: str

    def __str__(self) -> str:
        return f"{self.channel}:{self.id}"


@dataclass(frozen=True, slots=True)
class Text:
    """A text that a person typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that a person pressed; `data` is what the button was sent with."""

    data: str


@dataclass(frozen=True, slots=True)
class Location:
    """A point on the map, WGS 84 degrees; `label` is the address that the app shows."""

    lat: float
    lon: float
    label: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo, not fetched yet; `ref` is what the channel fetches it by."""

    ref: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """The person added, unblocked or started the bot."""


@dataclass(frozen=True, slots=True)
class Left:
    """The person blocked or removed the bot."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """The person took a message back; `ref` is that message's platform id."""

    ref: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The person changed the text of a message already sent."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Sticker:
    """A sticker, or an emoji sent as one."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something the bot cannot take in: audio, video, a file, a contact."""

    kind: str


Content = Text | Tap | Location | Photo | Followed | Left | Unsent | Edited | Sticker | Unreadable


@dataclass(frozen=True, slots=True)
class Reply:
    """The free way back: a one-time token and the moment it stops being sure."""

    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Inbound:
    """One event from one person.

    `id` is the platform's own event id, `ref` the platform's id of the message in it (empty
    for events without one), `at` when the platform says it happened (aware, UTC), `locale`
    the app's language where told.
    """

    id: str
    address: Address
    at: datetime
    content: Content
    ref: str = ""
    reply: Reply | None = None
    locale: str = ""


class Style(StrEnum):
    """How a choice looks where the channel can show it."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


class Picker(StrEnum):
    """What a person can pick from the app's own calendar or clock."""

    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. Pressing it gives Tap(data); `data` is at most 64 bytes of ASCII.

    With `shares_location` the button asks the app for the person's location instead. With
    `picks` it opens the app's picker, and what is picked (2026-12-01, 15:00,
    2026-12-01T15:00) comes behind `data`; a channel without pickers leaves it out.
    """

    label: str
    data: str = ""
    style: Style = Style.PLAIN
    shares_location: bool = False
    picks: Picker | None = None

    @property
    def presses(self) -> bool:
        """Whether pressing it says all there is to say, so that typing its label can too."""
        return not self.shares_location and self.picks is None


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message on the screen: a text, perhaps a card of titled facts, and buttons.

    With a `title` it is shown as a card: title, `facts` (label, value), then `text`.
    """

    text: str
    title: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Outbound:
    """What the bot says to one chat at one time, one or more bubbles.

    `id` is unguessable and serves as the platform's retry key (a UUID). `answers` is the
    id of the Inbound being answered (a callback query must be answered), empty otherwise.
    """

    id: str
    to: Address
    bubbles: tuple[Bubble, ...]
    reply: Reply | None = None
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One platform event as it arrived, to be stored before anybody looks into it.

    `event` is the platform's id of the event, unique within the channel; `payload` the raw
    event as JSON text.
    """

    address: Address
    event: str
    payload: str
