"""PAR Index Desktop: the office's program for the administrative reform index, without a network."""

__version__ = "0.1.0"
