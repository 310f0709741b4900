import { accessSync, constants } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const INSTALLED = [
  process.env['CHROME_PATH'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
];

/** Drawn in software, without a call to the outside: the same pixels on every machine. */
const FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // Without a graphics card, putting the layers of a page together is dearer by WebGL than without: a wall of 7680 × 2160
  // pixels took 38 s of computing to come up instead of 13.
  '--disable-gpu-compositing',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
  '--font-render-hinting=none',
];

const runnable = (path: string): boolean => {
  if (path === '') return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** An installed Chrome or Chromium, else the one in the npm package, unpacked into the temporary folder. */
async function executablePath(): Promise<string> {
  const installed = INSTALLED.find(runnable);
  if (installed !== undefined) return installed;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/** A real browser for tests, screenshots and measurements. The caller closes it. */
export async function launchBrowser(extraFlags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: await executablePath(),
    args: [...FLAGS, ...extraFlags],
    headless: true,
  });
}
