"""The screens of company mode: plan, projects, people, money, incident, review. Pure functions."""
