"""Integer cents: books, contracts, refunds, budgets."""
