"""Who belongs where: members, units, offices and rights, PIN, trail."""
