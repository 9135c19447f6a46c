"""Questions put to the store: one module per subject."""
