"""What the plan's loans cost by calendar year, to the last maturity (docs/numbers.md, Loans); nominal bn KZT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from math import fsum

from jaryq.case.case import Source
from jaryq.verify.finding import Ledger
from jaryq.verify.funding import At, Funding, use_of
from jaryq.verify.loans import is_new
from jaryq.verify.terms import ByYear, Flow, Terms, by_year


@dataclass(frozen=True)
class Series:
    """Sums by year of what a set of draws costs."""

    service: ByYear
    subsidy: ByYear
    stock: ByYear


class Debt:
    """Amounts of the plan times the terms of its sources."""

    def __init__(self, funding: Funding, terms: Terms) -> None:
        self.funding, self.terms = funding, terms
        case = funding.case
        self.signed = {s: self._signed(source) for s, source in case.sources.items() if source.kind == "loan"}

    def _signed(self, source: Source) -> float:
        """Signed amount, bn of the currency: the plan's where it is decided, else data: blank the envelope, else all
        ceilings."""
        if is_new(self.funding.case, source):
            return self.funding.plan.signed.get(source.id, 0.0)
        if not source.open:
            return 0.0
        if source.signed is not None:
            return source.signed
        return source.envelope if source.envelope is not None else fsum(source.ceilings.values())

    def fees(self, s: str) -> dict[int, float]:
        """Fees on the signed amount by year, less what draws and lines save."""
        terms: dict[int, list[float]] = defaultdict(list)
        for year, amount in self.terms.signing(s).items():
            terms[year].append(amount * self.signed[s])
        for (source, drawn), amount in self.funding.used.items():
            if source == s:
                for year, saved in self.terms.saved(s, drawn).items():
                    terms[year].append(-saved * amount)
        return {year: fsum(amounts) for year, amounts in sorted(terms.items())}

    def of(self, amounts: At, fees_of: tuple[str, ...] = ()) -> Series:
        """Service, subsidy and stock of draws by (source, year), and fees on the signed amounts of ``fees_of``."""
        service = self._times(amounts, lambda flow: flow.service)
        for s in fees_of:
            for year, amount in self.fees(s).items():
                service[year].append(amount)
        return Series(by_year(service), by_year(self._times(amounts, lambda flow: flow.subsidy)),
                      by_year(self._times(amounts, lambda flow: flow.stock)))

    def all_of(self, sources: tuple[str, ...]) -> Series:
        """Everything that these loans cost: draws, lines and fees."""
        wanted = {s for s in sources if s in self.signed}
        return self.of({at: amount for at, amount in self.funding.used.items() if at[0] in wanted},
                       tuple(sorted(wanted)))

    def _times(self, amounts: At, part: Callable[[Flow], ByYear]) -> dict[int, list[float]]:
        found: dict[int, list[float]] = defaultdict(list)
        for (s, drawn), amount in amounts.items():
            for year, each in part(self.terms.flow(s, drawn)).items():
                found[year].append(each * amount)
        return found

    def fees_signed_pv(self) -> dict[str, float]:
        """Price of each signed amount: front-end and commitment fees as if nothing were drawn (draws carry what they
        save)."""
        return {s: self.terms.signing_pv(s) * amount for s, amount in self.signed.items()}

    def through(self, series: ByYear) -> dict[int, float]:
        """The series for every year from the first planned one to the last maturity of any loan, zeros included."""
        settings = self.funding.case.settings
        end = max([self.terms.last_maturity(), *series])
        return {year: series.get(year, 0.0) for year in range(settings.plan_from, end + 1)}


def verify_signed(funding: Funding, debt: Debt, ledger: Ledger) -> None:
    """signed_covers: of new loans with fees to pay on the signed amount, and of others whose signed amount is stated.

    A commitment fee of which nothing falls due (free until the last draw) asks for no signed amount.
    """
    for s, source in funding.case.sources.items():
        if source.kind != "loan" or not is_new(funding.case, source):
            continue
        if any(debt.terms.signing(s).values()) or s in funding.plan.signed:
            drawn, signed = fsum(use_of(funding, source).values()), debt.signed[s]
            ledger.note("signed_covers", f"signed[{s}]", signed, ">=", drawn, "bn currency", drawn)
            if source.envelope is not None:
                more = fsum(funding.fed.get((s, y), 0.0) for y in funding.case.settings.years)
                ledger.note("signed_covers", f"signed[{s}]", signed, "<=", source.envelope + more, "bn currency",
                            signed)
