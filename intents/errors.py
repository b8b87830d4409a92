"""Faults of the engine. Texts never raise them: only models and training data do."""

from __future__ import annotations


class IntentsError(Exception):
    """Something given to the engine cannot be used."""


class BadModelError(IntentsError):
    """The bytes are no model of this version: train anew."""


class TooFewExamplesError(IntentsError):
    """A classifier needs two labels with examples at the least."""


class NoEncoderError(IntentsError):
    """The model judges by the vectors of an encoder that is not there."""
