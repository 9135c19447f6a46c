"""What leaves the house: HTML, files, feeds and print, all from the same queries."""
