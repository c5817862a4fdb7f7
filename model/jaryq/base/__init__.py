"""Words every other package uses: texts in several languages, units, issues and errors. No third-party import."""
