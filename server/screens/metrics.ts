import type { WallStatus } from '@maplewall/shared/wire/walls.ts';

/** What the gateway measures of itself. */
export interface GatewayFigures {
  readonly version: string;
  readonly build: string;
  readonly startedAt: number;
  readonly seq: number;
  readonly frame: number;
  readonly viewers: number;
  readonly viewersBehind: number;
  readonly refusedMessages: number;
  readonly heapBytes: number;
  readonly eventLoopDelaySeconds: { readonly p50: number; readonly p99: number; readonly max: number };
}

interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Prometheus' text format, version 0.0.4. A viewer that is neither admitted nor reports is counted, not listed. */
export function toPrometheus(figures: GatewayFigures, walls: readonly WallStatus[]): string {
  const lines: string[] = [];
  const metric = (
    name: string,
    type: 'counter' | 'gauge',
    help: string,
    samples: readonly Sample[],
  ): void => {
    if (samples.length === 0) return;
    lines.push(`# HELP maplewall_${name} ${help}`, `# TYPE maplewall_${name} ${type}`);
    for (const { labels, value } of samples) lines.push(`maplewall_${name}${toLabels(labels)} ${value}`);
  };
  const one = (value: number): readonly Sample[] => [{ value }];
  const { version, build, eventLoopDelaySeconds: delay } = figures;
  metric('build_info', 'gauge', 'Versions of gateway and screens.', [
    { labels: { version, build }, value: 1 },
  ]);
  metric('start_time_seconds', 'gauge', 'When the gateway started.', one(figures.startedAt / 1_000));
  metric('records_total', 'counter', 'Records in the log.', one(figures.seq));
  metric('frames_total', 'counter', 'Frames cut in this run.', one(figures.frame));
  metric('viewers', 'gauge', 'Viewers that get frames.', one(figures.viewers));
  metric(
    'viewers_behind',
    'gauge',
    'Viewers that owe so many answers that they get no more frames.',
    one(figures.viewersBehind),
  );
  metric('refused_messages_total', 'counter', 'Messages of viewers refused.', one(figures.refusedMessages));
  metric('heap_bytes', 'gauge', 'Heap in use.', one(figures.heapBytes));
  metric('event_loop_delay_seconds', 'gauge', 'Delay of the event loop since it was asked for last.', [
    { labels: { quantile: '0.5' }, value: delay.p50 },
    { labels: { quantile: '0.99' }, value: delay.p99 },
    { labels: { quantile: '1' }, value: delay.max },
  ]);

  const listed = walls.filter(({ role, report }) => role === 'screen' || report !== null);
  const each = (of: (wall: WallStatus) => number | null): readonly Sample[] =>
    listed.flatMap((wall) => {
      const value = of(wall);
      return value === null ? [] : [{ labels: labelsOf(wall), value }];
    });
  const reported = (of: (report: NonNullable<WallStatus['report']>) => number | null): readonly Sample[] =>
    each(({ report }) => (report === null ? null : of(report)));
  metric(
    'wall_connected',
    'gauge',
    'Whether a screen is connected.',
    each((wall) => (wall.connectedSince === null ? 0 : 1)),
  );
  metric(
    'wall_frozen',
    'gauge',
    'Connected, and nothing new drawn for over 10 s.',
    each((wall) => (wall.frozen ? 1 : 0)),
  );
  metric(
    'wall_report_age_seconds',
    'gauge',
    'Age of the last report.',
    each((wall) => wall.reportAgeSeconds),
  );
  metric(
    'wall_last_frame',
    'gauge',
    'Newest frame drawn.',
    reported((report) => report.lastFrame),
  );
  metric(
    'wall_last_frame_drawn_seconds',
    'gauge',
    'When it was drawn.',
    reported((report) => report.lastFrameDrawnAt / 1_000),
  );
  metric(
    'wall_frames_drawn_total',
    'counter',
    'Pictures drawn.',
    reported((report) => report.framesDrawn),
  );
  metric(
    'wall_heap_bytes',
    'gauge',
    'Heap of the page.',
    reported((report) => (report.heapMiB === null ? null : report.heapMiB * 1_048_576)),
  );
  metric(
    'wall_graphics_contexts_total',
    'counter',
    'Graphics contexts built.',
    reported((report) => report.graphicsContexts),
  );
  metric(
    'wall_parts_given_up',
    'gauge',
    'Parts of the map that failed and are left out.',
    reported((report) => report.givenUp?.length ?? 0),
  );
  metric(
    'wall_drops_total',
    'counter',
    'Frames never shown by themselves.',
    reported((report) => report.drops),
  );
  metric(
    'wall_reconnects_total',
    'counter',
    'Connections lost and found again.',
    reported((report) => report.reconnects),
  );
  metric(
    'wall_canvas_width_pixels',
    'gauge',
    'Width of the picture in device pixels.',
    reported((report) => report.canvasWidth),
  );
  metric(
    'wall_canvas_height_pixels',
    'gauge',
    'Height of the picture in device pixels.',
    reported((report) => report.canvasHeight),
  );
  metric(
    'wall_uptime_seconds',
    'gauge',
    'Age of the page.',
    reported((report) => report.uptimeSeconds),
  );
  return `${lines.join('\n')}\n`;
}

const labelsOf = ({ id, name, role }: WallStatus): Readonly<Record<string, string>> => ({
  wall: id,
  name: name ?? role,
});

function toLabels(labels: Readonly<Record<string, string>> | undefined): string {
  if (labels === undefined) return '';
  const parts = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
  );
  return `{${parts.join(',')}}`;
}
