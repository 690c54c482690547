"""The trunk of the tree: what every refusal is."""

from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark `message` for translation where it is written; it is translated where it is shown."""
    return message


class AdlibError(Exception):
    """Whatever Adlib raises on purpose."""


class UserError(AdlibError):
    """A refusal that the member is told. `values` fill the places in `message`."""

    message: ClassVar[str] = N_("That did not work.")

    def __init__(self, **values: object) -> None:
        super().__init__(self.message.format(**values) if values else self.message)
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """Let it be handed from one process to another."""
        return _refused_again, (type(self), self.args, self.__dict__)


def _refused_again(kind: type[UserError], args: tuple[object, ...], held: dict[str, object]) -> UserError:
    refusal = kind.__new__(kind, *args)
    refusal.__dict__.update(held)
    return refusal


class HostError(AdlibError):
    """One sentence for whoever runs the bot; the process ends with `exit_code`."""

    exit_code: ClassVar[int] = 1


class ConfigurationError(HostError):
    """Something is set wrongly. Exit code 78 (EX_CONFIG of sysexits.h) tells a supervisor not to restart."""

    exit_code = 78


class TemporaryError(HostError):
    """Something is not there at the moment; a supervisor may start the bot again."""
