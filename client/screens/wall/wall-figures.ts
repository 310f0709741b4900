import type { City } from '@maplewall/shared/domain/city.ts';
import { CATEGORIES } from '@maplewall/shared/domain/incident.ts';
import { precinctCount } from '@maplewall/shared/domain/precinct-counts.ts';
import { epochMs, type EpochMs } from '@maplewall/shared/domain/units.ts';
import { fengqiaoIndex, LEAST_CASES } from '@maplewall/shared/rules/fengqiao-index.ts';
import { storeToRefs } from 'pinia';
import { computed, type ComputedRef, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { courseUpTo } from '../../stores/course-line.ts';
import { MONTH_COUNTERS, monthFigures } from '../../panels/figures/month-figures.ts';
import { maskSummary } from '../../panels/masking.ts';
import type { Standing } from '../../panels/panel/panel-state.ts';
import { shortNames } from '../../panels/short-names.ts';
import { dayBefore, firstOfMonth } from '../../stores/calendar.ts';
import { useConnection } from '../../stores/connection.ts';
import { useCoverage } from '../../stores/coverage.ts';
import {
  daysWithRecords,
  everCounted,
  ghostDay,
  lastWeekUntil,
  monthCounts,
  precinctTotals,
  shareOfAll,
} from '../../stores/history-figures.ts';
import { useHistory } from '../../stores/history.ts';
import { useSummary } from '../../stores/summary.ts';
import { useVisitor } from '../../stores/visitor.ts';
import type { CityTime } from '../../world/city-time.ts';
import { categoryCounts } from '../../world/summarise.ts';
import type { Districts } from './districts.ts';
import { shownAsOf } from './freshness.ts';

/** Live data is old when nothing came for this long; history is read every minute. */
const LIVE_STALE_MS = 15_000;
const PAST_STALE_MS = 300_000;
/** It is asked for every five seconds; a replay runs on meanwhile. */
const COVERAGE_STALE_MS = 60_000;
/** Close behind live the newest minute that is over is told (server/reach/moments-to-try.ts). */
const COVERAGE_BEHIND_LIVE_STALE_MS = 180_000;
/** Days over which stations are compared at most: four weeks, so that every weekday weighs the same. */
const STATION_DAYS = 28;

export interface WallFiguresParts {
  readonly city: City;
  readonly time: ComputedRef<CityTime>;
  readonly shownAt: Ref<EpochMs>;
  readonly districts: Ref<Districts | undefined>;
}

/** What each panel of the wall is given, made from the stores. */
export function useWallFigures({ city, time, shownAt, districts }: WallFiguresParts) {
  const { t, locale } = useI18n();
  const { summary } = storeToRefs(useSummary());
  const { state, showsPresent, showsThen } = storeToRefs(useConnection());
  const { days, precincts, readAt, failed } = storeToRefs(useHistory());
  const { visitor } = storeToRefs(useVisitor());
  const coverage = storeToRefs(useCoverage());

  const name = (words: { readonly zh: string; readonly en: string }): string =>
    locale.value === 'en' ? words.en : words.zh;
  const day = computed(() => time.value.day(shownAt.value));
  const hoursSinceMidnight = computed(() => {
    const hours = (shownAt.value - time.value.startOfDay(shownAt.value)) / 3_600_000;
    // Nothing here needs more than the minute.
    return Math.floor(hours * 60) / 60;
  });

  const standing = (asOf: number | undefined, staleAfterMs: number, hasFailed: boolean): Standing => ({
    asOf,
    asOfWords: asOf === undefined ? '' : time.value.minute(epochMs(asOf)),
    now: shownAt.value,
    staleAfterMs,
    failed: hasFailed,
  });
  const liveAsOf = computed(() => summary.value && shownAsOf(state.value, shownAt.value));
  const liveFailed = computed(() => state.value.kind === 'failed' || state.value.kind === 'refused');
  const live = computed(() => standing(liveAsOf.value, LIVE_STALE_MS, liveFailed.value));
  // How long ago it was read is told by this browser's clock, when that was by the city's; to the minute.
  const past = computed(() => {
    if (readAt.value === undefined) return standing(undefined, PAST_STALE_MS, failed.value);
    const minutesAgo = Math.max(0, Math.floor((Date.now() - readAt.value) / 60_000));
    return standing(shownAt.value - minutesAgo * 60_000, PAST_STALE_MS, failed.value);
  });
  /** History counts what is known now, also beside a world as it was known then. */
  const allKnownNow = (of: Standing): Standing => (showsThen.value ? { ...of, knownNow: 'all' } : of);
  const beforeKnownNow = (of: Standing): Standing =>
    showsThen.value ? { ...of, knownNow: 'daysBefore' } : of;
  const history = computed<'loading' | 'failed' | 'ready'>(() =>
    days.value !== undefined ? 'ready' : failed.value ? 'failed' : 'loading',
  );

  const shortPrecincts = computed(() => {
    const short = shortNames(city.precincts.map((each) => name(each.name)));
    return new Map<string, string>(city.precincts.map(({ id }, index) => [id, short[index] ?? id]));
  });
  const teams = new Map<string, City['teams'][number]['name']>(
    city.teams.map((team) => [team.id, team.name]),
  );
  const precinctName = (id: string): string => shortPrecincts.value.get(id) ?? id;
  const teamName = (id: string): string => {
    const words = teams.get(id);
    return words === undefined ? id : name(words);
  };

  // A replayed day is not over: its counts by day would tell what came later.
  const lastDay = computed(() => (showsPresent.value ? day.value : dayBefore(day.value, 1)));
  const stationsFrom = computed(() => dayBefore(lastDay.value, STATION_DAYS - 1));
  const stationDays = computed(() => daysWithRecords(days.value, stationsFrom.value, lastDay.value));
  const stationTotals = computed(() => {
    const totals = precinctTotals(precincts.value, stationsFrom.value, lastDay.value);
    return totals && new Map(city.precincts.map(({ id }) => [id as string, totals.get(id) ?? []]));
  });
  const monthTotals = computed(() => precinctTotals(precincts.value, firstOfMonth(day.value), lastDay.value));
  const moment = computed(
    () =>
      summary.value && {
        day: day.value,
        hoursSinceMidnight: hoursSinceMidnight.value,
        today: summary.value.today,
      },
  );
  const categoryNames = CATEGORIES.map((category) => `category.${category}` as const);

  const isHeardOf = (names: Parameters<typeof everCounted>[0]): boolean | undefined =>
    summary.value && everCounted(names, summary.value.heard, days.value, day.value);
  const hasIncidents = computed(() => isHeardOf(['received']));
  /** Of what is made of incidents. */
  const ofIncidents = (of: Standing): Standing =>
    hasIncidents.value === true
      ? of
      : { ...of, unheard: t(hasIncidents.value === false ? 'wall.noIncidents' : 'panel.empty') };

  const seen = computed(() => {
    if (summary.value === undefined || !visitor.value) return summary.value;
    return maskSummary(summary.value, {
      someone: (kind) => (kind === undefined ? t('visitor.someone') : t(`kind.${kind}`)),
      somewhere: (gridId) => {
        const community = districts.value?.areas.communityOfGrid(gridId);
        return community === undefined ? t('visitor.somewhere') : name(community);
      },
    });
  });

  // Both stay what they are from one second to the next, so that a thousand minutes are not looked through each second.
  const minuteShown = computed(() => Math.floor(shownAt.value / 60_000));
  const course = computed(() => courseUpTo(coverage.course.value, minuteShown.value));
  const minuteOf = (at: number): string => time.value.minute(epochMs(at));

  return {
    day,
    /** The summary as it may be shown: with visitors about, no name and no address leaves here. */
    seen,
    hasIncidents,
    queue: computed(() => ({
      rows: seen.value?.queue,
      more: seen.value?.queueMore ?? 0,
      standing: ofIncidents(live.value),
    })),
    race: computed(() => ({ race: seen.value?.race, standing: live.value })),
    duty: computed(() => ({
      onDuty: seen.value?.onDuty,
      volunteers: seen.value?.volunteers,
      teamName,
      precinctName,
      standing: live.value,
    })),
    coverage: computed(() => ({
      coverage: coverage.now.value,
      course: course.value,
      minuteOf,
      standing: allKnownNow(
        standing(
          coverage.now.value?.at,
          showsThen.value ? COVERAGE_BEHIND_LIVE_STALE_MS : COVERAGE_STALE_MS,
          coverage.failed.value,
        ),
      ),
    })),
    hours: computed(() => ({
      today: summary.value?.todayByHour,
      ghost: ghostDay(days.value, day.value),
      history: history.value,
      now: hoursSinceMidnight.value,
      weekday: time.value.weekday(shownAt.value),
      standing: ofIncidents(beforeKnownNow(live.value)),
    })),
    categories: computed(() => {
      const year = moment.value && monthCounts(days.value, moment.value, categoryNames, 12);
      return {
        today: summary.value && categoryCounts(summary.value.today),
        before: lastWeekUntil(days.value, day.value, hoursSinceMidnight.value, categoryNames),
        month: year?.before === undefined ? undefined : { now: year.counts, lastYear: year.before },
        history: history.value,
        standing: ofIncidents(beforeKnownNow(live.value)),
      };
    }),
    arrival: computed(() => ({
      arrivals: summary.value?.arrivals,
      days: stationDays.value,
      isToday: showsPresent.value,
      least: LEAST_CASES,
      precincts: [...(stationTotals.value ?? [])]
        .map(([id, row]) => {
          const all = precinctCount(row, 'arrived');
          const share = (100 * precinctCount(row, 'arrived.30')) / Math.max(1, all);
          return { name: precinctName(id), percent: all < LEAST_CASES ? undefined : Math.round(share) };
        })
        .toSorted((a, b) => (b.percent ?? -1) - (a.percent ?? -1)),
      standing: ofIncidents(beforeKnownNow(live.value)),
    })),
    month: computed(() => {
      const counts = moment.value && monthCounts(days.value, moment.value, Object.values(MONTH_COUNTERS), 1);
      const { from, held, all } = counts ?? { from: firstOfMonth(day.value), held: 0, all: 0 };
      const words = held < all ? 'monthHeld' : from === firstOfMonth(day.value) ? 'monthWhole' : 'monthFrom';
      const period = t(`panel.${words}`, { day: from, held, all });
      return {
        figures:
          counts &&
          monthFigures(
            counts,
            monthTotals.value && shareOfAll(monthTotals.value, 'nonPolice.diverted', 'nonPolice'),
            summary.value?.hazardsOpen ?? 0,
            (names) => isHeardOf(names) === true,
          ),
        period: showsPresent.value ? period : t('panel.diversionBefore', { period }),
        standing: allKnownNow(past.value),
      };
    }),
    index: computed(() => ({
      index: stationTotals.value && fengqiaoIndex(stationTotals.value),
      nameOf: precinctName,
      days: stationDays.value,
      isToday: showsPresent.value,
      standing: ofIncidents(allKnownNow(past.value)),
    })),
  };
}

export type WallFigures = ReturnType<typeof useWallFigures>;
