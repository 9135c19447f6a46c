"""What was promised and what is known about police officers dedicated to each London ward."""

__version__ = "1.0.0"
