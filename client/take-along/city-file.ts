import { page } from './page.ts';

const urls = new Map<string, string>();

/**
 * Makes addresses of the city's files that workers can fetch; they have to be there before a map is mounted. As data:, because a
 * worker of a page from file: belongs to nobody, and is refused what the page would give it as blob:.
 */
export async function layOutCityFiles(cityUrl: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const found = await page.get(`${cityUrl}/${file}`);
    if (found !== undefined)
      urls.set(`${cityUrl}/${file}`, await dataUrl(new Blob([found.bytes], { type: 'application/json' })));
  }
}

/** Takes the place of the address on the gateway (client/map/city-file.ts). */
export const cityFile = (cityUrl: string, file: string): string => urls.get(`${cityUrl}/${file}`) ?? 'data:,';

const dataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')));
    reader.readAsDataURL(blob);
  });
