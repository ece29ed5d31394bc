"""The first start: who sits here, which phone, where the records are; each tried without harm, then written down."""
