"""The features: one child, one extension. No child knows another; what two share lives in bot/."""
