"""Addresses on Discord that a member can follow."""


def jump(guild_id: int, channel_id: int, message_id: int | None = None) -> str:
    """Return the address of a message, or of the channel where the message is not known."""
    channel = f"https://discord.com/channels/{guild_id}/{channel_id}"
    return channel if message_id is None else f"{channel}/{message_id}"
