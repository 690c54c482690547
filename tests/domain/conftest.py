"""Property tests here must hold on a slow machine too: no deadline for a single example."""

from hypothesis import settings

settings.register_profile("without-deadline", deadline=None)
settings.load_profile("without-deadline")
