import type { City } from '@maplewall/shared/domain/city.ts';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';

/** The city of this gateway; it does not change while a page lives. */
export const useCity = defineStore('city', () => {
  const city = shallowRef<City>();
  /** @throws when the gateway does not answer */
  const load = async (): Promise<City> => {
    if (city.value !== undefined) return city.value;
    const answer = await fetch('/api/city');
    if (!answer.ok) throw new Error(`the city cannot be read: ${answer.status}`);
    const read = (await answer.json()) as City;
    city.value = read;
    return read;
  };
  return { city, load };
});
