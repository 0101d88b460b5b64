"""What the orders room refuses, each with the sentence that the user reads."""

from __future__ import annotations

from vigil.law.errors import VigilError


class OrdersError(VigilError):
    """This cannot be done with that order."""


class UnknownOrderKindError(OrdersError):
    """Orders of this kind cannot be made here yet."""


class NotLawfulError(OrdersError):
    """The law does not allow this order."""


class ProposedError(NotLawfulError):
    """This order is proposed and not law; only an agency that runs the proposals may have it."""


class BadTermsError(OrdersError):
    """The order's terms are incomplete or contradict each other."""


class BadRuleError(OrdersError):
    """A condition's rule is not in the stated shape."""


class BadStepError(OrdersError):
    """The application does not stand where this could happen to it."""


class BadServiceError(OrdersError):
    """This service cannot be recorded."""


class AlreadyServedError(OrdersError):
    """This order was served before; a second service changes nothing."""


class BadChangeError(OrdersError):
    """This order cannot be changed so."""


class BadDischargeError(OrdersError):
    """This order cannot be discharged so."""


class SameOrderError(OrdersError):
    """The same order was made before: same person, same day, same protected persons."""


class BadLinkError(OrdersError):
    """These two orders cannot be linked so."""
