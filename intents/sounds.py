"""How Chinese characters sound: who types by sound picks a wrong one of the same, 路登 for 路燈."""

from __future__ import annotations

from pypinyin import Style, pinyin


class _Sounds(dict[str, str]):
    """Each character's sound, looked up when it is first asked for."""

    def __missing__(self, character: str) -> str:
        if not "\u3400" <= character <= "\u9fff":
            return self.setdefault(character, "")
        told = pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)
        return self.setdefault(character, told[0][0])


SOUNDS = _Sounds()
"""A character to its Mandarin syllable with the tone (deng1), the commonest where it has several;
empty for what is no Chinese character."""
