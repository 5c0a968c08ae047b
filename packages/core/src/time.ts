export const MS_PER_SECOND = 1_000;
export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;
export const MS_PER_WEEK = 604_800_000;

/** `2024-07-26T14:15Z`, with seconds and thousandths when there are some. */
export const timeText = (timeMs: number): string => new Date(timeMs).toISOString().replace(/(:00)?\.000Z$/, 'Z');
