"""Whether a page can be used with a thumb."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

WIDE, TALL = 360, 44
"""Pixels of a small phone, and of what a thumb can hit."""


def in_reach(page: Page, *more: Locator) -> tuple[bool, bool]:
    """Whether every button (and `more`) ends within the phone's width, and is tall enough."""
    every = [*page.get_by_role("button").all(), *(one for some in more for one in some.all())]
    boxes = [box for each in every if (box := each.bounding_box())]
    return (
        max(box["x"] + box["width"] for box in boxes) <= WIDE,
        min(box["height"] for box in boxes) >= TALL,
    )
