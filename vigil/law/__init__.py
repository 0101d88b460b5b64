"""What does the law say on this day?

The ground floor: statutes, calendars and reforms as dated data (TOML), and pure functions over
them. No Django, no clock, no settings; facts in, answer and its ground (authority, confidence,
whether it is proposed) out. `regime` is `in_force` or `paladin`; days are `date`, instants aware.
For other rooms, each with a frozen dataclass as its answer and `ground` on it:
`notification.notification_duty(instrument, event, on, regime) -> NotificationDuty`,
`breach.breach_consequence(instrument, on, regime) -> BreachConsequence`,
`validity.validity(instrument, made_on, regime, last_day=..., ...) -> Validity`,
`content.content(instrument, on, regime) -> Content` (what a term of it may be),
`clocks.clock(name, from_at) -> ClockAnswer`,
`period.notification_period(disposal, relevant_on, age=..., term=...) -> NotificationPeriod`,
`detention.detention_clock(Detention(...), regime) -> DetentionClock`,
`serial.is_serial(definition, on, reports, victim_links, risk) -> SerialAnswer`,
`recognition.recognition(Measure(...), regime) -> Recognition`,
`register.register_framework(regime, on) -> RegisterFramework`; and for the doors
`ask.answer(question) -> dict` and `ask.answer_all(questions)`; for people
`plain.account.account(code, on, regime, jurisdiction=..., area=...) -> Account`,
`compare.compare(one, other, on) -> Comparison`, `freshness.freshness(on) -> Freshness`.
"""
