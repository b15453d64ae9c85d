"""The year's review, ratings, probation."""
