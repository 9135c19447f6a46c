"""What the site says of itself: methods, words, sources, corrections, releases, rules, and who answers for it."""
