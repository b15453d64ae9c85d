"""The desk and the committee: what waits, roster, digest, counts, offices."""
