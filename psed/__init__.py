"""The Django project: settings, addresses and the way forms are rendered."""

__version__ = "0.1.0"
