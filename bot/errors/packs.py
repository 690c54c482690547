"""Refusals of packs."""

from collections.abc import Sequence

from bot.errors.base import N_, UserError


class NoSuchPack(UserError):
    message = N_("This server has no pack “{name}”.")


class PackOff(UserError):
    message = N_("The pack “{name}” is switched off. A manager can switch it on with /pack list.")


class PackTooBig(UserError):
    message = N_("That file is too big: a pack has at most {megabytes} MB and {moments} scenes.")


class PackNotText(UserError):
    message = N_("That file is not text in UTF-8. Save it as UTF-8 and upload it again.")


class PackOfNoKind(UserError):
    message = N_("A pack is a .toml or a .csv file. /pack example gives you one to fill in.")


class PackBroken(UserError):
    """`faults` are all faults of the file, in the order of its lines."""

    message = N_("The file has {count} faults; nothing was stored.")

    def __init__(self, faults: Sequence[object]) -> None:
        super().__init__(count=len(faults))
        self.faults = faults


class TooManyPacks(UserError):
    message = N_("This server has {limit} packs already; remove one first.")
