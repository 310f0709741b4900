/** How often a screen reports; what comes sooner than this after another one, the gateway leaves out. */
export const REPORT_EVERY_MS = 10_000;
export const LEAST_BETWEEN_REPORTS_MS = 2_000;
