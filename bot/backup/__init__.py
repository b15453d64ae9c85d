"""One encrypted file that holds the database as it was at one moment, and what lies beside it.

backup   snapshot ──rows──> lines ──zlib──> chunks, each encrypted and authenticated ──> FILE, opened again before it counts
restore  FILE ──proved──> a new database beside the old one ──what the copy does not know──> it takes the old one's place
move     the program stands down here ──> FILE with all that it needs ──> it goes on there

chunks  rows  key  making  opening  restoring  gap  moving      each leans on those before it
"""
