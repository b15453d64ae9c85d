"""Any messenger that shows words and nothing else: numbered lines for buttons, a link for what words cannot carry."""
