"""What comes and what goes: messages, conversations, files, papers."""
