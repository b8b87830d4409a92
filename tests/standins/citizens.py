"""People with a phone: they type, press the buttons that they see, and read the answers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image
from standins.town import NUMBERS, Town

Json = dict[str, Any]


def photo(kind: str = "JPEG") -> bytes:
    """A picture that tells where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Some Camera"
    exif[0x8825] = {1: "N", 2: (25.0, 3.0, 0.0)}
    out = BytesIO()
    Image.new("RGB", (640, 480), "navy").save(out, kind, exif=exif)
    return out.getvalue()


@dataclass
class LineCitizen:
    """Somebody on the first platform; `id` is their user id."""

    town: Town
    id: str
    seen: int = 0

    def event(self, kind: str = "message", **more: Any) -> Json:
        """An event of theirs, now."""
        number = next(NUMBERS)
        silent = kind in ("unfollow", "unsend")
        return {
            "type": kind,
            "mode": "active",
            "timestamp": int(time.time() * 1000),
            "webhookEventId": f"01LOOP{number:020d}",
            "deliveryContext": {"isRedelivery": False},
            "source": {"type": "user", "userId": self.id},
            **({} if silent else {"replyToken": f"token/{self.id}/{number}"}),
            **more,
        }

    def message(self, kind: str, **content: Any) -> Json:
        """A message of theirs."""
        return self.event(message={"id": f"m{next(NUMBERS)}", "type": kind, **content})

    def text(self, words: str) -> Json:
        """A text of theirs."""
        return self.message("text", text=words)

    async def says(self, words: str) -> str:
        """What they are answered, all in one."""
        await self.town.happens(self.text(words))
        return self.news()

    async def sends(self, event: Json) -> str:
        """What they are answered, all in one."""
        await self.town.happens(event)
        return self.news()

    async def presses(self, label: str) -> str:
        """The button of that label that they saw last; what they are answered."""
        data = self.buttons()[label]
        return await self.sends(self.event("postback", postback={"data": data}))

    def messages(self) -> list[Json]:
        """Everything they were shown."""
        mine = [s for s in self.town.line.sent if any(map(self._is_mine, s.to))]
        return [m for s in mine for m in s.messages]

    def _is_mine(self, to: str) -> bool:
        return to == self.id or to.startswith(f"token/{self.id}/")

    def news(self) -> str:
        """The texts that came since they looked last."""
        shown = self.messages()
        fresh, self.seen = shown[self.seen :], len(shown)
        return "\n".join(m.get("text") or m["altText"] for m in fresh)

    def buttons(self) -> dict[str, str]:
        """Label and data of every button shown so far, the latest winning."""
        return {a["label"]: a.get("data", "") for a in _actions(self.messages())}


def _actions(shown: Any) -> Iterator[Json]:
    if isinstance(shown, list):
        for each in shown:
            yield from _actions(each)
    elif isinstance(shown, dict):
        if shown.get("type") in ("postback", "location"):
            yield shown
        for each in shown.values():
            yield from _actions(each)


@dataclass
class TelegramCitizen:
    """Somebody on the second platform; `id` is their chat."""

    town: Town
    id: int
    seen: int = 0

    @property
    def chat(self) -> Json:
        """Their private chat."""
        return {"id": self.id, "type": "private", "first_name": "A"}

    def message(self, number: int = 0, **content: Any) -> Json:
        """A message of theirs, now."""
        return {
            "message_id": number or next(NUMBERS),
            "from": {"id": self.id, "is_bot": False, "first_name": "A"},
            "chat": self.chat,
            "date": int(time.time()),
            **content,
        }

    async def says(self, words: str, number: int = 0) -> str:
        """What they are answered, all in one."""
        return await self.sends(message=self.message(number, text=words))

    async def sends(self, **happened: Any) -> str:
        """What they are answered, all in one."""
        await self.town.update(happened)
        return self.news()

    async def presses(self, label: str) -> str:
        """The button of that label that they saw last; what they are answered."""
        query = {
            "id": f"query{next(NUMBERS)}",
            "from": {"id": self.id, "is_bot": False, "first_name": "A"},
            "message": self.message(text="…"),
            "chat_instance": "1",
            "data": self.buttons()[label],
        }
        return await self.sends(callback_query=query)

    async def becomes(self, status: str) -> str:
        """They block the bot (kicked) or come back (member)."""
        change = {
            "chat": self.chat,
            "date": int(time.time()),
            "new_chat_member": {"status": status},
        }
        return await self.sends(my_chat_member=change)

    def messages(self) -> list[Json]:
        """Everything they were shown."""
        return [m for m in self.town.telegram.of("sendMessage") if int(m["chat_id"]) == self.id]

    def news(self) -> str:
        """The texts that came since they looked last."""
        shown = self.messages()
        fresh, self.seen = shown[self.seen :], len(shown)
        return "\n".join(m["text"] for m in fresh)

    def buttons(self) -> dict[str, str]:
        """Label and data of every inline button shown so far, the latest winning."""
        boards = [m["reply_markup"].get("inline_keyboard", []) for m in self.messages()]
        return {b["text"]: b["callback_data"] for rows in boards for row in rows for b in row}
