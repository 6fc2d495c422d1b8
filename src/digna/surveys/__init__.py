"""Questionnaires that field teams know: XLSForms, what is answered to them, and how it comes in.

A *form* has *versions* (one XLSForm each, checked whole before it is kept, with the XForm made of
it and its media). A *submission* is one filled form: its XML is kept as it came, for ever, with its
attachments; a correction from the telephone is a new version of the same submission. It comes in
by OpenRosa, with an *app key* (the protocol of ODK Collect and KoboCollect), or is read in from
what other systems exported. The office reviews it; *bindings* declared in the form carry approved
answers to domain facts.
"""
