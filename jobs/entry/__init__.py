"""How a person comes in: invites, identity, registration, accounts that answer."""
