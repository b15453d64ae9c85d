"""The two invented hosts of the playground's net."""

DOOR = "https://xanha.example"  # .example is nobody's (RFC 2606)
ROOMS = "https://hop.xanha.example"
