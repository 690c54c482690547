"""Cards of articles, dramas, people and couples, and the menu that leads from one to another."""
