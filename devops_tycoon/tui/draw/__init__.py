"""Pure drawing: values in, rows of styled text out; no Textual, no World."""
