"""What every room stands on: rows, time, names, places, sealing."""
