"""The engineers: on call, tired, hired, gone."""
