"""Parts of the screen that features share: buttons and forms that outlive a restart, the error door, pages."""
