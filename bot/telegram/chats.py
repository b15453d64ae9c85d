"""Telegram's number of a chat, and the address that it is."""

from __future__ import annotations

from models.ground.channel import Address, Channel


def chat_address(number: int) -> Address:
    """Return the address of a Telegram chat."""
    return Address(Channel.TELEGRAM, str(number))


def number_of(address: Address) -> int:
    """Return Telegram's number of a chat."""
    return int(address.key)


def is_private(address: Address) -> bool:
    """Return whether one person stands behind the chat: groups have numbers below zero."""
    return number_of(address) > 0
