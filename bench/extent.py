"""How big a benchmark's database is, and whom in it one rings for."""

from dataclasses import dataclass

_FIRST_NUMBER = 819_010_000_000  # 090-1000-0000, in steps of 7
_SCATTER, _SCATTER_RUNG = 7_368_787, 15_485_863  # primes: multiples of them meet everybody once, in no order


@dataclass(frozen=True, slots=True)
class Extent:
    """`rung` customers have a whole card; after them one has as few contacts as `few` and one as many as `many`."""

    customers: int
    rung: int = 1_200
    few: int = 10
    many: int = 100_000
    many_orders: int = 20_000

    @property
    def second_numbers(self) -> int:
        """One customer in five has another number."""
        return self.customers // 5

    @property
    def name(self) -> str:
        """Tells it from others."""
        return "_".join(str(one) for one in (self.customers, self.rung, self.few, self.many, self.many_orders))

    def number_of(self, phone: str) -> str:
        """SQL: the E.164 digits of a `phone_number` by its key."""
        return f"{_FIRST_NUMBER} + 7 * {phone}"

    def phone_of(self, customer: str) -> str:
        """SQL: the key of the number that is this customer's first."""
        return f"{customer} * {_SCATTER} % {self.customers} + 1"

    def rung_customer(self, place: str) -> str:
        """SQL: the customer with the history number `place`; rung + 1 has few contacts, rung + 2 many."""
        return f"{place} * {_SCATTER_RUNG} % {self.customers} + 1"

    def number_to_ring(self, place: int) -> str:
        """E.164 with its plus: what the customer of that place calls from."""
        customer = place * _SCATTER_RUNG % self.customers + 1
        return f"+{_FIRST_NUMBER + 7 * (customer * _SCATTER % self.customers + 1)}"
