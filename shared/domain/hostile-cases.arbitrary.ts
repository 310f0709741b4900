/**
 * How many generated hostile cases each test of the suite tries: every endpoint, file and socket message, whatever
 * comes in. A test that is named here counts its own cases and compares; tests/integration/hostile-cases.test.ts adds
 * them up.
 */
export const HOSTILE_CASES = {
  'server/ingest/bad-input.test.ts': 42_500,
  'shared/frame/hostile-bytes.test.ts': 41_400,
  'server/gateway/bounded-parser.test.ts': 20_000,
  'server/http/hostile-requests.test.ts': 20_000,
  'server/city/hostile-pack.test.ts': 20_000,
  'server/ingest/import/hostile-files.test.ts': 12_000,
  'tests/integration/hostile-doors.test.ts': 3_000,
  'tests/integration/hostile-sockets.test.ts': 20_000,
} as const;
