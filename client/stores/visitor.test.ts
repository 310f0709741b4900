import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';

const kept = vi.hoisted(() => new Map<string, string>());
vi.mock('./page-storage.ts', () => ({
  tabStorage: {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, word: string) => kept.set(name, word),
    removeItem: (name: string) => kept.delete(name),
  },
}));
const { useVisitor } = await import('./visitor.ts');

/** A page that is loaded in this tab, with or without the visitors' word in its address. */
function load(asksForMask = false): ReturnType<typeof useVisitor> {
  setActivePinia(createPinia());
  const store = useVisitor();
  store.begin(asksForMask);
  return store;
}
beforeEach(() => kept.clear());

it('a mask put on by its key is there after any reload, until the key takes it off', () => {
  load().toggle();
  expect(load().visitor).toBe(true);
  const again = load();
  again.toggle();
  expect(again.visitor).toBe(false);
  expect(load().visitor).toBe(false);
});

it('an address that asks for the mask has it whenever it is opened', () => {
  const page = load(true);
  expect(page.visitor).toBe(true);
  page.toggle();
  expect(page.visitor).toBe(false);
  expect(load(true).visitor).toBe(true);
  expect(load().visitor).toBe(false);
});
