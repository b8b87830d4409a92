"""Everything at the front door but the webhooks and the phones."""

from __future__ import annotations

from standins.doors import Echo, client, doors


async def test_alive_is_told_without_asking_anybody() -> None:
    async with client(doors(ready=None)) as web:
        answer = await web.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


async def test_ready_when_every_part_is() -> None:
    async with client(doors()) as web:
        answer = await web.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "parts": {"database": True, "models": True}}


async def test_not_ready_names_the_part() -> None:
    async def halfway() -> dict[str, bool]:
        return {"database": True, "models": False}

    async with client(doors(ready=halfway)) as web:
        answer = await web.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"] == {"database": True, "models": False}


async def broken() -> dict[str, bool]:
    raise RuntimeError("secret inside: 0912345678")


async def test_a_fault_inside_is_a_kind_page_without_a_word_of_it() -> None:
    async with client(doors(ready=broken)) as web:
        answer = await web.get("/readyz")
    assert answer.status_code == 500
    assert "不好意思" in answer.text
    assert "0912345678" not in answer.text
    assert "Traceback" not in answer.text


async def test_the_page_of_a_fault_keeps_its_safe_headers() -> None:
    async with client(doors(ready=broken)) as web:
        answer = await web.get("/readyz")
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")


async def test_a_page_that_is_not_there_is_told_kindly_in_either_language() -> None:
    async with client(doors()) as web:
        chinese, english = await web.get("/nowhere"), await web.get("/nowhere?lang=en")
    assert (chinese.status_code, english.status_code) == (404, 404)
    assert "找不到這一頁" in chinese.text
    assert "There is no such page" in english.text


async def test_a_wrong_method_tells_the_right_ones() -> None:
    async with client(doors()) as web:
        answer = await web.post("/healthz")
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD"}


async def test_the_first_page_leads_to_the_simulator_in_a_demo() -> None:
    async with client(doors(simulator=Echo().simulator)) as web:
        answer = await web.get("/")
    assert (answer.status_code, answer.headers["location"]) == (302, "/simulator")


async def test_the_first_page_is_a_short_one_elsewhere() -> None:
    async with client(doors()) as web:
        answer = await web.get("/")
    assert answer.status_code == 200
    assert "市民之聲正在服務中" in answer.text


async def test_pages_have_safe_headers() -> None:
    async with client(doors()) as web:
        headers = (await web.get("/")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "unsafe-inline" not in headers["content-security-policy"]


async def test_static_files_are_served_and_nothing_beside_them() -> None:
    async with client(doors()) as web:
        inside = await web.get("/static/vendor/leaflet/LICENSE")
        outside = await web.get("/static/%2e%2e/app.py")
    assert (inside.status_code, outside.status_code) == (200, 404)
