import { wordSchema } from './schema.ts';

/**
 * CAP 1.2 `status`: whether a message is about the real world. Everything but `Actual` puts a frame round the
 * picture that cannot be closed.
 */
export const MODES = ['Actual', 'Exercise', 'System', 'Test', 'Draft'] as const;
export type Mode = (typeof MODES)[number];
export const modeSchema = wordSchema(MODES, 'CAP 1.2 status of the message');
