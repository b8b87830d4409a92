"""Bubbles fit what a channel can show, and no words are lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Capabilities
from bot.channels.fitting import clip_label, clip_text, clusters, fit, split_text, units
from bot.model.messages import Address, Bubble, Choice, Outbound, Style

FAMILY = "👨‍👩‍👧‍👦"
FLAGS = "🇹🇼🇯🇵"
TEXTS = st.text(
    alphabet=st.sampled_from("路燈壞了。！?! \n, ab😢👍🏽é\u0301\u200d🇹🇼"), max_size=120
)


def limits(**more: object) -> Capabilities:
    values: dict[str, object] = {
        "text": 40,
        "bubbles": 3,
        "choices": 4,
        "label": 6,
        "data": 64,
        "alt_text": 30,
        "photo_bytes": 1,
        "cards": False,
        "pickers": False,
        "per_second": 1.0,
        "per_chat": None,
    }
    return Capabilities(**(values | more))  # type: ignore[arg-type]


def said(*bubbles: Bubble, **more: object) -> tuple[tuple[Bubble, ...], ...]:
    return fit(Outbound("id", Address("any", "1"), bubbles), limits(**more))


def test_what_fits_is_left_as_it_is() -> None:
    bubble = Bubble("路燈壞了", "標題", (("地點", "古亭"),), (Choice("送出", "s"),))
    assert said(bubble) == ((bubble,),)


def test_nothing_said_is_no_call() -> None:
    assert said() == ()


def test_a_bubble_without_words_is_left_out() -> None:
    assert said(Bubble(" "), Bubble("好")) == ((Bubble("好"),),)


def test_a_card_without_text_stays() -> None:
    assert said(Bubble("", "標題")) == ((Bubble("", "標題"),),)


def test_bubbles_beyond_the_limit_go_into_the_next_call() -> None:
    calls = said(*(Bubble(str(n)) for n in range(7)))
    assert [[b.text for b in call] for call in calls] == [["0", "1", "2"], ["3", "4", "5"], ["6"]]


def test_a_long_text_is_cut_at_the_end_of_a_sentence() -> None:
    pieces = split_text("路燈壞了三天。也沒有人來修理！到底怎麼回事", 16)
    assert pieces == ("路燈壞了三天。也沒有人來修理！", "到底怎麼回事")


def test_a_closing_quote_stays_with_its_sentence() -> None:
    assert split_text("他說「路燈壞了。」然後走了", 10) == ("他說「路燈壞了。」", "然後走了")


def test_a_decimal_point_is_no_end_of_a_sentence() -> None:
    assert split_text("about 3.5 metres and more", 11) == ("about 3.5", "metres and", "more")


def test_a_text_without_any_break_is_cut_at_the_limit() -> None:
    assert split_text("路" * 25, 10) == ("路" * 10, "路" * 10, "路" * 5)


def test_emoji_count_two_units_each() -> None:
    assert units("😢a路") == 4


def test_a_cut_never_halves_an_emoji() -> None:
    assert split_text("😢" * 5, 5) == ("😢😢", "😢😢", "😢")


def test_a_cut_never_takes_a_family_apart() -> None:
    assert split_text(FAMILY * 2, 15) == (FAMILY, FAMILY)


def test_a_cluster_larger_than_the_limit_is_cut_all_the_same() -> None:
    assert max(units(p) for p in split_text("a" + "\u0301" * 99, 10)) <= 10


@pytest.mark.parametrize(
    "text, expected",
    [
        (FAMILY, [FAMILY]),
        (FLAGS, ["🇹🇼", "🇯🇵"]),
        ("👍🏽好", ["👍🏽", "好"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("☎️1", ["☎️", "1"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("", []),
    ],
)
def test_clusters_are_what_a_reader_sees(text: str, expected: list[str]) -> None:
    assert list(clusters(text)) == expected


def test_a_label_at_the_limit_is_not_clipped() -> None:
    assert clip_label(FAMILY * 6, 6) == FAMILY * 6


def test_a_label_over_the_limit_ends_in_an_ellipsis() -> None:
    assert clip_label("我也遇到：古亭站", 6) == "我也遇到：…"


def test_a_clipped_text_keeps_within_the_limit() -> None:
    assert clip_text("路燈😢壞了", 5) == "路燈😢…"


def test_labels_of_choices_are_clipped_and_their_data_kept() -> None:
    choice = Choice("一二三四五六七", "data", Style.DANGER)
    kept = said(Bubble("好", choices=(choice,)))[0][0].choices
    assert kept == (Choice("一二三四五…", "data", Style.DANGER),)


def test_choices_stand_on_the_last_piece_of_a_long_text() -> None:
    calls = said(Bubble("路" * 60, choices=(Choice("送出", "s"),)))
    assert [[len(b.choices) for b in call] for call in calls] == [[0, 1]]


def test_choices_beyond_the_limit_become_lines_to_type() -> None:
    choices = tuple(Choice(f"第{n}", str(n)) for n in range(6))
    bubble = said(Bubble("選一個", choices=choices))[0][0]
    assert (bubble.text, bubble.choices) == ("選一個\n・第4\n・第5", choices[:4])


def test_a_card_is_told_whole_within_the_alternative_text() -> None:
    calls = said(Bubble("路" * 50, "標題", (("地", "古亭"),)), cards=True)
    first, *rest = (b for call in calls for b in call)
    assert (units(first.text), [units(b.text) for b in rest]) == (30 - 4 - 6, [30])


def test_facts_too_long_for_a_card_move_into_its_text() -> None:
    calls = said(Bubble("好", "標題", (("地點", "古" * 20),)), cards=True)
    bubble = calls[0][0]
    assert (bubble.facts, bubble.text) == ((), "地點: " + "古" * 20 + "\n好")


def test_facts_without_a_title_become_lines() -> None:
    assert said(Bubble("好", facts=(("地點", "古亭"),))) == ((Bubble("地點: 古亭\n好"),),)


@given(TEXTS, st.integers(4, 30), st.integers(1, 30))
def test_pieces_keep_within_their_limits(text: str, limit: int, first: int) -> None:
    pieces = split_text(text, limit, max(first, 4))
    assert [units(p) <= (limit if n else max(first, 4)) for n, p in enumerate(pieces)] == [
        True
    ] * len(pieces)


@given(TEXTS, st.integers(4, 30))
def test_pieces_together_hold_every_word(text: str, limit: int) -> None:
    whole = "".join(split_text(text, limit))
    assert "".join(whole.split()) == "".join(text.split())


@given(TEXTS)
def test_clusters_together_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text
