"""The HTTP side: plain routes, compressed bundles, the dashboard's shell, headers, and the server itself."""
