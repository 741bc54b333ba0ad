"""From a world to rows of styled text: what each panel of the play screen says. Pure functions, no Textual."""
