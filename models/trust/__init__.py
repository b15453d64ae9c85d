"""Own data, consents, retention, erasure, audit, files from outside."""
