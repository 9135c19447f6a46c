"""The errors this package names. Each message says what is wrong and what to do about it."""


class TransparencyError(Exception):
    """Base of every error raised on purpose; its text can be shown to a reader."""


class CatalogueError(TransparencyError):
    """A dataset descriptor is missing or cannot be read."""


class StoreError(TransparencyError):
    """The store cannot be opened or one of its snapshots is not what it says it is."""


class ReplicaError(TransparencyError):
    """A replica's copy was asked to change; only the store it copies can."""


class SnapshotExistsError(TransparencyError):
    """A snapshot with this dataset, as-at date and revision is already published."""


class UnknownPlaceError(TransparencyError):
    """A ward, borough or site that is not in any register."""


class DayError(TransparencyError):
    """A day that is malformed, before the first day answered for, or in the future."""


class ImportRefusedError(TransparencyError):
    """An official file that cannot be imported as it is; nothing was written."""


class UnknownFileError(TransparencyError):
    """An address at which no file is published; the message says where to look."""


class ParameterError(TransparencyError):
    """A parameter of an address or body that cannot be answered; `parameter` names it."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


class SettingError(TransparencyError):
    """A variable of the environment has a value that cannot be used; the message says what it may be."""
