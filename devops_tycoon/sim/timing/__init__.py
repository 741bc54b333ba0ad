"""Ticks, shifts and the calendar behind them."""
