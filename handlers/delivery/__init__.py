"""Messages, conversations, the clock: what the operator is asked."""
