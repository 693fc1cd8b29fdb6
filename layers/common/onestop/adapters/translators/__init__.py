"""Machines that translate, each behind the one port :class:`onestop.domain.text.provider.request.Translator`."""
