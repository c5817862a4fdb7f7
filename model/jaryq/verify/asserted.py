"""The closed register of what is verified: each check by name, and the sentence that it asserts of a plan."""

from __future__ import annotations

from collections.abc import Mapping

from jaryq.base.text import Text

CHECKS: Mapping[str, Text] = {
    "known_keys": Text("every key of the plan is a facility, package, source, target, period or year of the case",
                       "каждый ключ плана есть среди объектов, пакетов, источников, целей, периодов или лет расчёта"),
    "finite": Text("every number of the plan is finite", "каждое число плана конечно"),
    "non_negative": Text("no decision is negative", "ни одно решение не отрицательно"),
    "start_window": Text("a facility starts only where its works fit between earliest and latest, its outage and "
                         "resources into their seasons and limits; "
                         "never if it or a variant of it is done, nor if another variant has started",
                         "объект начинается, только если работы помещаются между earliest и latest, а вывод из работы "
                         "и ресурсы в свои сезоны и пределы; "
                         "и никогда, если он или его вариант выполнен или другой вариант уже начат"),
    "start_once": Text("the shares of a facility that start add up to at most 1",
                       "доли начатого объекта в сумме не больше 1"),
    "start_must": Text("what is committed or must be done is done in full", "обязательное выполнено полностью"),
    "start_started": Text("what has started before goes on in full in the first period",
                          "начатое прежде полностью продолжается в первом периоде"),
    "start_whole": Text("in a whole plan every start is exactly 0 or 1", "в целом плане каждое начало ровно 0 или 1"),
    "one_variant": Text("of a facility and its variants at most one is done",
                        "из объекта и его вариантов выполняется не больше одного"),
    "works_after": Text("works begin only as long after those they wait for as their links say, in some timetable "
                        "within the periods; of shares in every start no more than what fits of those",
                        "работы начинаются не раньше, чем велят связи с теми, которых они ждут, по некоторому графику "
                        "внутри периодов; у долей в каждом начале не больше, чем подходит тех"),
    "only_with": Text("what is done only together with others is done no more than each of them",
                      "выполняемое только вместе с другими выполнено не больше, чем каждый из них"),
    "choice": Text("of a group of choice at least and at most so many facilities are done as its row says",
                   "из группы выбора выполнено не меньше и не больше объектов, чем указано в её строке"),
    "renew_window": Text("kilometres are renewed only in the years of the package's window",
                         "километры обновляются только в годы окна пакета"),
    "renew_scope": Text("kilometres renewed are at most those in scope less those done",
                        "обновлено не больше, чем в программе за вычетом выполненного"),
    "renew_pace": Text("kilometres renewed in a year are at most km_per_year",
                       "за год обновлено не больше km_per_year"),
    "renew_season": Text("networks that are renewed in season are renewed only in open months, in a period at most the "
                         "part of km_per_year that its months are",
                         "сети с сезоном работ обновляются только в открытые месяцы, в периоде не больше приходящейся "
                         "на них доли km_per_year"),
    "committed_km": Text("kilometres under contract are renewed by the end of their year",
                         "километры по договорам обновлены к концу своего года"),
    "lot_starts": Text("the facilities of a lot start together", "объекты одного лота начинаются вместе"),
    "lot_km": Text("a lot's kilometres are renewed with it, and not without it",
                   "километры лота обновляются вместе с ним и не без него"),
    "ramp_up": Text("kilometres of a kind and use of a source rise no faster than allowed, contracts apart",
                    "километры вида и использование источника растут не быстрее разрешённого, без учёта договоров"),
    "trench_joint": Text("kilometres of a shared trench are renewed in both packages in the same period",
                         "километры общей траншеи обновляются в обоих пакетах в том же периоде"),
    "trench_km": Text("kilometres of a shared trench are at most those that the packages share",
                      "километров общей траншеи не больше, чем у пакетов общих"),
    "crews": Text("works need no more crews in a period than there are, with those added and borrowed and without "
                  "those lent",
                  "работы требуют в периоде не больше бригад, чем есть, с добавленными и занятыми и без одолженных"),
    "crew_extra": Text("crews added at a premium are at most their share of the capacity of the period",
                       "бригад с наценкой не больше их доли мощности периода"),
    "crew_lent": Text("a region lends at most its share of the capacity of the period; rows of the whole country "
                      "neither lend nor borrow",
                      "регион одалживает не больше доли мощности периода; строки по стране не одалживают и не "
                      "занимают"),
    "crew_pool": Text("in each period the regions borrow of a resource what others lend",
                      "в каждом периоде регионы занимают ресурса столько, сколько одолжили другие"),
    "outage_capacity": Text("capacity out of service at once is at most the limit of its region",
                            "одновременно выведенная мощность не больше предела региона"),
    "outage_season": Text("capacity out of service at once that may be out in open months only is at most the limit "
                          "for the open part of the period",
                          "выведенная мощность, допустимая только в открытые месяцы, не больше предела за открытую "
                          "часть периода"),
    "balance": Text("capacity available, with works, outages and flows, and the stated deficit meet the peak with its "
                    "reserve",
                    "располагаемая мощность с работами, выводами и перетоками и указанный дефицит покрывают пик с "
                    "резервом"),
    "deficit_exact": Text("a deficit, as stated, is no more than what is missing in its worst period",
                          "дефицит, как указан, не больше недостающего в худшем периоде"),
    "tie_flow": Text("flows over a tie are at most its capacity",
                     "перетоки по связи не больше её пропускной способности"),
    "draw_open": Text("no money is drawn from a closed source", "из закрытого источника деньги не выбираются"),
    "draw_window": Text("money is drawn only while its source is available and its loan has tenor left",
                        "деньги выбираются, только пока источник доступен и срок займа не истёк"),
    "draw_eligible": Text("a source pays only for what eligibility allows",
                          "источник платит только за то, что разрешено"),
    "line_project": Text("a loan that is drawn into a fund pays for no project",
                         "заём, поступающий в фонд, не платит за проекты"),
    "line_fund": Text("lines are loans, drawn into a fund", "в фонд поступают только займы, для этого назначенные"),
    "line_window": Text("a loan is drawn into its fund only while it is available and has tenor left",
                        "заём поступает в фонд, только пока он доступен и срок не истёк"),
    "signed_covers": Text("the signed amount of a new loan covers its draws and lines and is at most its envelope",
                          "подписанная сумма нового займа покрывает всю выборку и не больше лимита"),
    "signed_works": Text("a new loan with a pace is signed for at most what it may pay of the works that are done "
                         "once it is effective; with a ticket, of those it takes part in",
                         "новый заём с темпом подписан не больше чем на то, что он может оплатить в работах, "
                         "выполняемых после вступления в силу; с наименьшей суммой на проект — в тех, где он "
                         "участвует"),
    "outlays_paid": Text("draws equal the outlay of each project in each year",
                         "выборка равна затратам каждого проекта в каждом году"),
    "ceiling": Text("use of a source whose money lapses is at most its ceiling of the year",
                    "использование источника без переноса не больше потолка года"),
    "new_money": Text("new money used of a source with one year of carry-over is between zero and the year's ceiling",
                      "новые деньги источника с переносом на год от нуля до потолка года"),
    "old_money": Text("money carried over and used is at most the kept share of what was left the year before",
                      "перенесённые деньги не больше сохраняемой доли остатка прошлого года"),
    "lines_spent": Text("over all years a fund borrows no more than it spends on projects and service",
                        "за все годы фонд занимает не больше, чем тратит на проекты и обслуживание"),
    "fund_balance": Text("a fund never spends what it does not have, with interest, lines and the service that it pays",
                         "фонд не тратит того, чего у него нет, с учётом процентов, займов и обслуживания долга"),
    "fund_idle": Text("the idle money of a fund, as stated, is what its balance leaves",
                      "остаток фонда, как указан, равен рассчитанному"),
    "loan_pace": Text("cumulative use of a loan is at most its cumulative ceilings",
                      "накопленная выборка займа не больше накопленных потолков"),
    "draw_pace": Text("cumulative use of a source, with what it paid before, is at most its cumulative pace of what is "
                      "signed",
                      "накопленная выборка источника с оплаченным прежде не больше накопленного темпа от подписанного"),
    "draw_effect": Text("in the year within which a source becomes effective it pays of each project at most for what "
                        "is done from then on",
                        "в год, в котором источник вступает в силу, он платит в каждом проекте не больше чем за "
                        "сделанное с этого времени"),
    "must_draw": Text("a source that must be drawn is drawn in full, with what it paid before",
                      "источник, который нужно выбрать, выбран полностью с учётом оплаченного прежде"),
    "envelope": Text("all use of a source, with what it paid before, is at most its envelope",
                     "всё использование источника с оплаченным прежде не больше лимита"),
    "max_share": Text("a source pays at most its largest share of a project, of a started one with what was spent "
                      "before",
                      "источник платит не больше наибольшей доли проекта, у начатого с учётом потраченного прежде"),
    "share_so_far": Text("by the end of each year a source whose share holds of the bills so far has paid at most that "
                         "share of a project's bills up to then, of a started one with what was spent before",
                         "к концу каждого года источник, чья доля действует для счетов на эту дату, оплатил не больше "
                         "этой доли счетов проекта, у начатого с учётом потраченного прежде"),
    "by_quantity": Text("a source that pays by a quantity pays for a project at most so much for each unit that it "
                        "brings",
                        "источник, платящий по величине, платит за проект не больше заданного за каждую её единицу"),
    "group_share": Text("the sources of a group pay together at most their largest share of a project",
                        "источники группы вместе платят не больше наибольшей доли проекта"),
    "group_envelope": Text("all use of the sources of a group is at most their envelope",
                           "всё использование источников группы не больше общего лимита"),
    "counterpart": Text("home budget and own money in each project match what its sources ask for",
                        "бюджет и собственные средства в каждом проекте не меньше требуемых источниками"),
    "export_share": Text("an export credit pays at most what the partner's content, the down payment and local costs "
                         "allow",
                         "экспортный кредит платит не больше, чем позволяют содержание партнёра, аванс и местные "
                         "затраты"),
    "min_share": Text("in a whole plan a source that pays for a project pays at least its smallest share",
                      "в целом плане источник, платящий за проект, платит не меньше наименьшей доли"),
    "smallest": Text("in a whole plan a source is used for nothing or for at least its smallest amount",
                     "в целом плане источник не используется или используется не меньше наименьшей суммы"),
    "ticket": Text("in a whole plan a source pays for a project or lot nothing or at least its ticket, of a new loan "
                   "the share of it that its pace allows by then",
                   "в целом плане источник платит за проект или лот ничего или не меньше наименьшей суммы, новый "
                   "заём — её доли, которую допускает темп"),
    "ticket_works": Text("in a whole plan a new loan may pay at least its ticket of what a project or lot that it pays "
                         "for costs once it is effective",
                         "в целом плане из затрат каждого проекта или лота, за который платит новый заём, он может "
                         "оплатить не меньше наименьшей суммы, считая затраты после вступления в силу"),
    "projects_most": Text("in a whole plan a source pays for no more projects and lots than it may",
                          "в целом плане источник платит не более чем за разрешённое число проектов и лотов"),
    "choices_made": Text("in a whole plan a source, a payee or a lot is taken or not, and is where money is drawn",
                         "в целом плане источник, получатель или лот взят или нет, и взят там, где выбраны деньги"),
    "signed_most": Text("in a whole plan no more sources of a group are used than may be",
                        "в целом плане используется не больше источников группы, чем разрешено"),
    "wishes": Text("what is wanted of a project is kept: done or left out, not before and not after, km of a year, the "
                   "share that its payer pays",
                   "пожелания к проекту соблюдены: выполнить или исключить, не раньше и не позже, километры года, доля "
                   "плательщика"),
    "tariff_rise": Text("what consumers pay rises by no more than allowed in each planned year",
                        "платежи потребителей растут в каждом году не больше разрешённого"),
    "dscr": Text("cash of a borrower less other service covers the service of its loans, but for the stated shortfall",
                 "денежный поток заёмщика за вычетом прочего долга покрывает обслуживание его займов, кроме указанной "
                 "нехватки"),
    "tied_content": Text("tied money in a project is at most what the partner's suppliers can deliver",
                         "связанные деньги в проекте не больше того, что могут поставить поставщики страны"),
    "supplied_drawn": Text("tied money that buys partner goods in a project is at most what is drawn for it",
                           "связанные деньги на товары партнёра в проекте не больше выборки на него"),
    "supplied_enough": Text("over all projects of a source enough of its money buys partner goods",
                            "по всем проектам источника на товары партнёра идёт достаточная доля"),
    "target_hard": Text("hard targets hold", "жёсткие цели выполнены"),
    "target_short": Text("the shortfall of a target, as stated, covers what is missed",
                         "недовыполнение цели, как указано, покрывает недостающее"),
    "target_exact": Text("the shortfall of a target, as stated, is no more than what is missed",
                         "недовыполнение цели, как указано, не больше недостающего"),
    "claim": Text("a number that the plan states is the number computed again",
                  "число, указанное в плане, равно пересчитанному"),
    "stated": Text("the plan states exactly the numbers, stages and multipliers that its inputs ask for",
                   "план указывает ровно те числа, этапы и множители, которых требуют его исходные данные"),
    "value": Text("the value of each stage is the one computed again from the inputs and the decisions",
                  "значение каждого этапа равно пересчитанному по исходным данным и решениям"),
    "certificate": Text("the stored multipliers give, in exact arithmetic, the bound that the plan states",
                        "сохранённые множители дают в точной арифметике ту границу, которая указана в плане"),
    "fixing": Text("what is fixed at nothing can be done by no whole plan: exact multipliers prove it",
                   "исключённое не может выполнить ни один целый план: это доказывают точные множители"),
    "branching": Text("a branching tree has both branches of every split over whole choices, and exact multipliers in "
                      "every leaf",
                      "дерево ветвления содержит обе ветви каждого разбиения целых решений и точные множители в каждом "
                      "листе"),
    "other_choice": Text("what is said of other choices follows from the stored multipliers, or is a plan or a proof "
                         "that solving again confirms",
                         "сказанное об обратном выборе следует из сохранённых множителей либо подтверждается повторным "
                         "решением"),
    "certified": Text("the plan is not better than its certified bound", "план не лучше своей доказанной границы"),
    "stretch_known": Text("stretches renewed stand in the register, each once in a period",
                          "обновляемые участки есть в реестре, каждый один раз в периоде"),
    "stretch_least": Text("no stretch is renewed by less than nothing",
                          "ни один участок не обновлён меньше чем на ноль"),
    "stretch_length": Text("a stretch is renewed by its length at most", "участок обновлён не больше своей длины"),
    "stretch_sums": Text("in each period the stretches of a package add up to its kilometres renewed",
                         "в каждом периоде участки пакета дают в сумме его обновлённые километры"),
    "stretch_open": Text("stretches are renewed only in periods in which their package may be",
                         "участки обновляются только в периоды, открытые для их пакета"),
    "stretch_above": Text("what stretches bring above the mean of their package is what the plan says",
                          "участки дают сверх среднего по пакету столько, сколько указано в плане"),
    "stretch_wear": Text("wear that is left by the stretches of each package is what the plan says",
                         "износ по участкам каждого пакета такой, как указано в плане"),
    "stretch_apart": Text("what stretches change of the measure of a target beside the mean of their packages is what "
                          "the plan says",
                          "участки меняют показатель цели сверх среднего по пакетам столько, сколько указано в плане"),
    "stretch_place": Text("kilometres that two packages renew together are stretches of theirs that lie together",
                          "километры, обновляемые двумя пакетами вместе, это их участки в одном месте"),
    "stretch_value": Text("what stretches renewed are worth is what the plan says",
                          "ценность обновлённых участков такова, как указано в плане"),
    "stretch_count": Text("the register has as many stretches as the plan says",
                          "в реестре столько участков, сколько указано в плане"),
    "stretch_cut": Text("as many stretches are renewed in part, or in several periods, as the plan says",
                        "частично или в несколько периодов обновляется столько участков, сколько указано в плане"),
}
"""The closed register: every check by name, and what it asserts."""

ELSEWHERE = frozenset({"claim", "stated", "value", "certificate", "fixing", "branching", "certified", "other_choice",
                       *(name for name in CHECKS if name.startswith("stretch_"))})
"""Checks that are not made by ``recompute``: of stated numbers (``totals.compare``, ``stated``), of bounds
(``certificate``, ``branching``), of other choices (``other``) and of stretches (``stretches``)."""
