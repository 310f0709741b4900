/** How often a screen reports, and how much sooner than that the gateway puts up with it. */
export const REPORT_EVERY_MS = 10_000;
export const LEAST_BETWEEN_REPORTS_MS = 2_000;
