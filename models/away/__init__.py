"""Being away from home: absences, their papers and letters."""
