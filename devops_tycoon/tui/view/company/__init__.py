"""What the screens of a company that is led say: plan, projects, people, money, incident, review. Pure functions."""
