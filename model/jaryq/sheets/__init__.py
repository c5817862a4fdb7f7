"""THE declaration of every input and output sheet. Data only: no pandas, no openpyxl."""
