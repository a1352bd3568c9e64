"""Documents that leave the mechanism, as PDF and in Word, and those that come back."""
