"""`python -m transparency …`: the publisher's commands."""

from transparency.cli import main

main()
