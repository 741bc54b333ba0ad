"""The debrief as one HTML file: no script, no outside request, prints well."""
