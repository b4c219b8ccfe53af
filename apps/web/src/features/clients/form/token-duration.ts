/** A unit in which a duration is typed. */
export const durationUnits = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;
export type DurationUnit = keyof typeof durationUnits;

/** The largest unit in which the duration is a whole number. */
export function unitFor(seconds: number): DurationUnit {
  if (seconds > 0 && seconds % durationUnits.days === 0) return 'days';
  if (seconds > 0 && seconds % durationUnits.hours === 0) return 'hours';
  return seconds > 0 && seconds % durationUnits.minutes === 0 ? 'minutes' : 'seconds';
}

/** The seconds that a typed amount means; `null` when it is not a number. Rounds away what binary fractions add. */
export function secondsOf(amount: number | string, unit: DurationUnit): number | null {
  if (amount === '' || !Number.isFinite(Number(amount))) return null;
  return Number((Number(amount) * durationUnits[unit]).toFixed(6));
}
