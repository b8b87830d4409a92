"""CHANNELS is the one list of channels."""

import pytest

from bot.channels import CHANNELS, channel_class


@pytest.mark.parametrize("name", CHANNELS)
def test_each_channel_has_a_class_of_its_own_name(name):
    assert channel_class(name).name == name


def test_another_name_is_no_channel():
    with pytest.raises(ValueError, match="pigeon"):
        channel_class("pigeon")
