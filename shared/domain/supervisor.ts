import type { SourceId } from './ids.ts';

/**
 * Source of what supervisors command through the gateway. It speaks only when a person acts, so neither its
 * silence nor its mode says anything of how the city's news come in.
 */
export const SUPERVISOR = 'supervisor' as SourceId;
