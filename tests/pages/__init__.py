"""Dashboard pages, through AppTest."""
