"""What a method says when it is given something it cannot work with.

Every error carries a stable ``code`` for programs and a sentence in Spanish and in English for
people. The shell translates nothing: it picks the sentence.
"""

from collections.abc import Iterable
from dataclasses import dataclass


class EngineError(Exception):
    """Input that a method cannot accept.

    Symbols: ``code`` is a dotted name that never changes once published; ``message_es`` and
    ``message_en`` are whole sentences; ``details`` are the plain values behind them.

    >>> EngineError("period.unreadable", "No se lee.", "Cannot be read.", text="x").details
    {'text': 'x'}
    """

    def __init__(self, code: str, message_es: str, message_en: str, **details: object) -> None:
        super().__init__(f"{code}: {message_en}")
        self.code = code
        self.message_es = message_es
        self.message_en = message_en
        self.details = details

    def message(self, language: str) -> str:
        """The sentence for ``language``: English for ``en…``, Spanish for anything else."""
        return self.message_en if language.startswith("en") else self.message_es


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a declaration: where it is, and what it is in both languages."""

    path: str
    code: str
    message_es: str
    message_en: str


class DeclarationError(EngineError):
    """A declaration with faults: all of them at once, each with its path.

    >>> fault = Fault("of", "declaration.missing", "Falta «of».", "“of” is missing.")
    >>> str(DeclarationError("people", [fault]))
    'declaration.faulty: people: 1 fault(s): of: “of” is missing.'
    """

    def __init__(self, subject: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        es = "; ".join(f"{fault.path}: {fault.message_es}" for fault in self.faults)
        en = "; ".join(f"{fault.path}: {fault.message_en}" for fault in self.faults)
        super().__init__(
            "declaration.faulty",
            f"{subject}: {len(self.faults)} falla(s): {es}",
            f"{subject}: {len(self.faults)} fault(s): {en}",
            subject=subject,
        )


class NotAddableError(EngineError):
    """Figures that cannot be added; the message says what to do instead."""


class UnreadableError(EngineError):
    """A text or value that could not be read as what it was said to be."""
