import pytest
from cryptography.exceptions import InvalidTag

from bot.model.messages import Address
from bot.storage.vault import Vault

ANN = Address("line", "U-ann")


def test_what_was_sealed_opens_again():
    assert Vault("s").open(Vault("s").seal("臺北市")) == "臺北市"


def test_another_secret_opens_nothing():
    with pytest.raises(InvalidTag):
        Vault("other").open(Vault("s").seal("臺北市"))


def test_the_same_text_sealed_twice_looks_different():
    vault = Vault("s")
    assert vault.seal("a") != vault.seal("a")


def test_an_address_always_has_the_same_key():
    assert Vault("s").key_of(ANN) == Vault("s").key_of(Address("line", "U-ann"))


def test_the_same_id_on_another_channel_has_another_key():
    assert Vault("s").key_of(ANN) != Vault("s").key_of(Address("telegram", "U-ann"))


def test_a_key_is_32_hex_characters_that_depend_on_the_secret():
    key = Vault("s").key_of(ANN)
    assert (len(bytes.fromhex(key)), key == Vault("t").key_of(ANN)) == (16, False)
