"""Files that people send: nobody here made them, so nothing in them is believed.

    name and bytes ──> recognise ──> is it what the room takes? ──> check ──> read
                       content.py    opening.py                     office, pictures, pdf, voice

All of it runs in a process of its own (bot/opener.py), which may be killed at any point; `open_file` is what it runs.
"""
