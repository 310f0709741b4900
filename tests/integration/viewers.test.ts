import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frameNo } from '@maplewall/shared/domain/units.ts';
import { WIRE_VERSION } from '@maplewall/shared/wire/wire-version.ts';
import { CREDIT_FRAMES } from '@maplewall/server/gateway/viewer.ts';
import { postEvents } from '../support/post-events.ts';
import { startTestGateway, type TestGateway } from '../support/start-gateway.ts';
import { WireViewer } from '../support/wire-viewer.ts';

let server: TestGateway;
let key = '';
let sent = 0;
const open: WireViewer[] = [];
beforeAll(async () => {
  server = await startTestGateway();
  key = await server.addSource('dispatch');
});
afterAll(async () => {
  for (const viewer of open) viewer.close();
  await server.stop();
});

function watch(
  ...hello: ConstructorParameters<typeof WireViewer> extends [string, ...infer Rest] ? Rest : never
) {
  const viewer = new WireViewer(server.url, ...hello);
  open.push(viewer);
  return viewer;
}

/** Reports an incident and somebody on duty; nothing of it can be left out without another hash. */
async function report(): Promise<void> {
  sent += 1;
  const event = {
    kind: 'incident.received',
    incidentId: `J-${sent}`,
    category: 'traffic',
    priority: 2,
    lng: 120.55,
    lat: 27.58,
    place: '象岗路',
  };
  const checkIn = {
    kind: 'responder.checkedIn',
    responderId: `r${sent}`,
    responderKind: 'sentry',
    callSign: 'S',
  };
  await postEvents(
    server.url,
    key,
    [event, checkIn].map((each, index) => ({ key: `${sent}-${index}`, at: Date.now(), event: each })),
  );
}

const last = (viewer: WireViewer) => viewer.messages.at(-1);

describe('viewers on real sockets', () => {
  it('get welcome, a keyframe and then each frame, with the time of the server and the age of each source', async () => {
    await report();
    const viewer = watch();
    await viewer.until('has three frames', () => viewer.messages.length >= 4);
    const [first, ...rest] = viewer.messages;
    expect(first?.kind).toBe('keyframe');
    expect(rest.map(({ kind }) => kind)).toEqual(rest.map(() => 'frame'));
    expect(rest.map(({ from }) => from)).toEqual(viewer.messages.slice(0, -1).map(({ to }) => to));
    expect(viewer.welcome?.run).toBe(server.gateway.keeper.run);
    const now = Date.now();
    for (const at of [viewer.welcome?.serverTime ?? 0, ...viewer.messages.map(({ at }) => at)])
      expect(Math.abs(now - at)).toBeLessThan(60_000);
    const times = viewer.messages.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const heard = viewer.world.sources.get('dispatch' as never)?.lastReceivedAt ?? 0;
    expect(now - heard).toBeLessThan(60_000);
    expect(viewer.faults).toEqual([]);
    viewer.close();
  });

  it('[VWR2] [VWR3] that stop answering get as many messages as their credit and no more, then all at once, and hold the same world', async () => {
    const prompt = watch();
    const stalled = watch();
    stalled.answers = false;
    await prompt.until('has its keyframe', () => prompt.messages.length > 0);
    const began = prompt.messages.length;
    for (let frame = 0; frame < CREDIT_FRAMES + 4; frame += 1) {
      await report();
      await prompt.until('has the next frame', () => prompt.messages.length > began + frame);
    }
    expect(stalled.messages).toHaveLength(CREDIT_FRAMES);
    const heldBefore = stalled.held;
    expect(prompt.held - heldBefore).toBeGreaterThanOrEqual(3);
    stalled.answer();
    stalled.answers = true;
    await stalled.until('has caught up', () => stalled.messages.length > CREDIT_FRAMES);
    const caughtUp = stalled.messages[CREDIT_FRAMES];
    expect(caughtUp).toMatchObject({ kind: 'frame', from: heldBefore });
    expect((caughtUp?.to ?? 0) - heldBefore).toBeGreaterThan(3);
    await prompt.until('is as far', () => prompt.held >= stalled.held);
    expect(stalled.hashes.get(caughtUp?.to ?? frameNo(0))).toBe(
      prompt.hashes.get(caughtUp?.to ?? frameNo(0)),
    );
    expect(stalled.world.incidents.size).toBe(sent);
    expect([...prompt.faults, ...stalled.faults]).toEqual([]);
    prompt.close();
    stalled.close();
  });

  it('[VWR4] that come back and name their last frame get what they missed, and nothing that they hold', async () => {
    const stays = watch();
    const goes = watch();
    await goes.until('has frames', () => goes.messages.length >= 2);
    goes.close();
    const { held, world } = goes;
    const run = goes.welcome?.run ?? '';
    await report();
    await stays.until('is three frames further', () => stays.held >= held + 3);
    const back = watch({ run, frame: held }, world);
    await back.until('has caught up', () => back.messages.length >= 2);
    expect(back.messages[0]).toMatchObject({ kind: 'frame', from: held });
    expect((back.messages[0]?.to ?? 0) - held).toBeGreaterThanOrEqual(3);
    await stays.until('is as far', () => stays.held >= back.held);
    expect(stays.hashes.get(back.held)).toBe(back.hashes.get(back.held));

    // Who names another run, a frame that is still to come, or nothing, gets everything.
    for (const hello of [
      { run: 'another', frame: held },
      { run, frame: frameNo(held + 100_000) },
      { run },
      {},
    ]) {
      const stranger = watch(hello);
      await stranger.until('has something', () => stranger.messages.length > 0);
      expect(last(stranger)?.kind).toBe('keyframe');
      expect(stranger.faults).toEqual([]);
      stranger.close();
    }
    stays.close();
    back.close();
  });

  it('of another version of the wire are told so and let go; a second hello is refused', async () => {
    const old = watch({ ...({ wireVersion: 999 } as object) });
    await old.until('is refused', () => old.refusals.length > 0);
    expect(old.refusals[0]).toMatchObject({ code: 'wireVersion' });
    await old.until('is let go', () => !old.isConnected);
    const twice = watch();
    await twice.until('has its keyframe', () => twice.messages.length > 0);
    twice.say('hello', { wireVersion: WIRE_VERSION });
    await twice.until('is refused', () => twice.refusals.length > 0);
    expect(twice.refusals[0]).toMatchObject({ code: 'message' });
    expect(twice.messages.filter(({ kind }) => kind === 'keyframe')).toHaveLength(1);
    twice.close();
  });

  it('get a keyframe of the new run when the gateway was started anew, with the world as it was', async () => {
    const before = watch();
    await report();
    await before.until('has the report', () => before.world.incidents.size === sent);
    const { held, world } = before;
    const run = before.welcome?.run ?? '';
    before.close();
    const incidents = [...world.incidents.keys()];
    server = await server.restart();
    const after = watch({ run, frame: held }, world);
    await after.until('has something', () => after.messages.length > 0);
    expect(after.messages[0]?.kind).toBe('keyframe');
    expect(after.welcome?.run).not.toBe(run);
    expect([...after.world.incidents.keys()].toSorted()).toEqual(incidents.toSorted());
    expect(after.world.responders.size).toBe(sent);
    after.close();
  });
});
