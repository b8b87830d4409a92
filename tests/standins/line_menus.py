"""The platform's rich menus, as strict as its description: sizes, order of steps, images."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

import orjson
from PIL import Image
from starlette.requests import Request

Json = dict[str, Any]
Answer = tuple[int, Json]

MENU = "/v2/bot/richmenu"
DEFAULT = "/v2/bot/user/all/richmenu"
MEGABYTE = 1_000_000
NOT_FOUND: Answer = (404, {"message": "richmenu not found"})


@dataclass
class Kept:
    """A menu as it was asked for, and its image once there is one."""

    asked: Json
    image: bytes = b""


class Menus:
    """Its state is public: tests set it and assert on it."""

    API: Mapping[tuple[str, str], str] = {
        ("POST", MENU): "create",
        ("GET", f"{MENU}/list"): "all",
        ("DELETE", f"{MENU}/{{id}}"): "delete",
        ("GET", DEFAULT): "default",
        ("POST", f"{DEFAULT}/{{id}}"): "set_default",
    }
    DATA: Mapping[tuple[str, str], str] = {("POST", f"{MENU}/{{id}}/content"): "upload"}

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.shown = ""
        self._ids = count(1)

    async def create(self, request: Request) -> Answer:
        """A menu without an image."""
        asked = orjson.loads(await request.body())
        faults = [{"property": p, "message": m} for p, m in menu_faults(asked)]
        if faults:
            return 400, {"message": "The request body has errors", "details": faults}
        menu = f"richmenu-{next(self._ids)}"
        self.kept[menu] = Kept(asked)
        return 200, {"richMenuId": menu}

    async def all(self, request: Request) -> Answer:
        """Every menu made through the interface."""
        listed = [{"richMenuId": menu, **kept.asked} for menu, kept in self.kept.items()]
        return 200, {"richmenus": listed}

    async def delete(self, request: Request) -> Answer:
        """The default one too: then none is shown."""
        menu = request.path_params["id"]
        if self.kept.pop(menu, None) is None:
            return NOT_FOUND
        if self.shown == menu:
            self.shown = ""
        return 200, {}

    async def default(self, request: Request) -> Answer:
        """404 when none is set."""
        return (200, {"richMenuId": self.shown}) if self.shown else NOT_FOUND

    async def set_default(self, request: Request) -> Answer:
        """Only a menu that has its image."""
        kept = self.kept.get(request.path_params["id"])
        if kept is None:
            return NOT_FOUND
        if not kept.image:
            return 400, {"message": "must upload richmenu image before applying it to user"}
        self.shown = request.path_params["id"]
        return 200, {}

    async def upload(self, request: Request) -> Answer:
        """Once, and of the size that the menu was made with."""
        kept, image = self.kept.get(request.path_params["id"]), await request.body()
        if kept is None:
            return NOT_FOUND
        if kept.image:
            return 400, {"message": "An image has already been uploaded to the richmenu"}
        kind = request.headers.get("content-type")
        if fault := image_fault(kept.asked["size"], kind, image):
            return 400, {"message": fault}
        kept.image = image
        return 200, {}


def menu_faults(asked: Json) -> Iterator[tuple[str, str]]:
    """What the description forbids of a menu."""
    for name in asked.keys() ^ {"size", "selected", "name", "chatBarText", "areas"}:
        yield name, "unknown or missing field"
    size = asked.get("size", {})
    width, height = size.get("width", 0), size.get("height", 1)
    if not (800 <= width <= 2500 and height >= 250 and width / height >= 1.45):
        yield "size", "invalid size"
    if not 1 <= len(asked.get("name", "")) <= 300:
        yield "name", "Length must be between 1 and 300"
    if not 1 <= len(asked.get("chatBarText", "")) <= 14:
        yield "chatBarText", "Length must be between 1 and 14"
    areas = asked.get("areas", [])
    if not len(areas) <= 20:
        yield "areas", "Size must be between 0 and 20"
    for number, area in enumerate(areas):
        yield from _area_faults(f"areas[{number}]", area, width, height)


def _area_faults(at: str, area: Json, width: int, height: int) -> Iterator[tuple[str, str]]:
    bounds, action = area["bounds"], area["action"]
    if bounds["x"] + bounds["width"] > width or bounds["y"] + bounds["height"] > height:
        yield f"{at}.bounds", "outside of the menu"
    if action.keys() != {"type", "label", "text"} or action["type"] != "message":
        yield f"{at}.action", "invalid action"
    elif not (1 <= len(action["label"]) <= 20 and 1 <= len(action["text"]) <= 300):
        yield f"{at}.action", "invalid length"


def image_fault(size: Json, kind: str | None, image: bytes) -> str:
    """What is wrong with an image, empty when nothing is."""
    if kind not in ("image/png", "image/jpeg") or len(image) > MEGABYTE:
        return "invalid image: PNG or JPEG up to 1 MB"
    with Image.open(BytesIO(image)) as opened:
        fine = opened.size == (size["width"], size["height"]) and opened.format == "PNG"
    return "" if fine else "The image size is not that of the richmenu"
