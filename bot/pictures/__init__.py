"""Results as pictures: strings in, PNG bytes out. What is drawn here knows neither Discord nor the event loop."""
