"""Development tools: the codex page, pictures of the screens, the compiled rules. Not in the wheel."""
