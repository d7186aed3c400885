import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, open, shoot, violations, type Theme } from './browser';
import { MockServer } from './mock/server';
import { emptyWorld } from './mock/world';

let browser: Browser;
let mock: MockServer;
let base: string;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  mock = new MockServer();
  base = await mock.start();
});
afterEach(() => mock.stop());

const EMPTY = [
  ['map', '/map', 'No cluster is connected', 'Join a cluster'],
  ['workloads', '/workloads', 'Nothing here yet', 'Submit a workload'],
  ['quotas', '/quotas', 'There are no departments and projects yet', ''],
  ['clusters', '/clusters', 'No cluster is connected', 'Join a cluster'],
] as const;

const PAGES = [
  ['map', '/map?cluster=borealis'],
  ['workloads', '/workloads'],
  ['workload', '/workloads/w-borealis-big'],
  ['quotas', '/quotas'],
  ['clusters', '/clusters'],
] as const;

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  it.each(EMPTY)('an empty page of %s says what comes next', async (name, path, title, next) => {
    mock.world = emptyWorld();
    const complaints: string[] = [];
    const page = await open(browser, theme, complaints);
    await page.goto(base + path);
    await page.getByText(title).waitFor();
    if (next !== '') {
      await page.locator('main').getByText(next).first().waitFor();
    }
    await shoot(page, `16-empty-${name}-${theme}`);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(PAGES)('a failure on the page of %s says what to do, and is over when the server is well', async (name, path) => {
    mock.ill = true;
    const page = await open(browser, theme, []);
    await page.goto(base + path);
    await page.getByText('The database does not answer.').first().waitFor();
    await page.getByText('look at /readyz').first().waitFor();
    await page.getByText('Request req-1').first().waitFor();
    await shoot(page, `17-failure-${name}-${theme}`);
    expect(await violations(page)).toEqual([]);
    mock.ill = false;
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText('The database does not answer.').first().waitFor({ state: 'detached' });
    await page.context().close();
  });
});

it('reaches every page, the form and its button with the keyboard alone', async () => {
  const page = await open(browser, 'dark', []);
  await page.goto(`${base}/map?cluster=borealis`);
  await page.locator('[data-tile="b-12"]').waitFor();
  for (const [keys, heading] of [['g q', 'Quotas'], ['g w', 'Workloads'], ['g m', 'Cluster map']] as const) {
    for (const key of keys.split(' ')) {
      await page.keyboard.press(key);
    }
    await page.getByRole('heading', { name: heading, exact: true }).waitFor();
  }
  await page.keyboard.press('c');
  await page.locator('input[name=name]:focus').waitFor();
  const reached = new Set<string>();
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.name || (document.activeElement?.textContent ?? '').trim()));
  }
  expect([...reached]).toEqual(expect.arrayContaining(['project', 'image', 'command', 'cluster', 'nodePool', 'devices', 'workers', 'cpu', 'memory', 'environment', 'nodeSelector']));
  expect([...reached].some((name) => name.startsWith('Submit'))).toBe(true);
});
