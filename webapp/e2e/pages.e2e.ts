import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, open, shoot, violations, type Theme } from './browser';
import { MockServer } from './mock/server';

interface Visit {
  name: string;
  path: string;
  ready: string;
  act?: (page: Page) => Promise<void>;
}

/** Every page, and what it looks like with its dialogs and editors open. */
const VISITS: readonly Visit[] = [
  { name: '01-cluster-map', path: '/map?cluster=borealis', ready: '[data-tile="b-12"]' },
  {
    name: '01-cluster-map-hover',
    path: '/map?cluster=borealis',
    ready: '[data-tile="b-12"]',
    act: async (page) => {
      await page.hover('[data-tile="b-04"] [data-gpu="0"]');
      await page.getByText('Click opens the workload').waitFor();
    },
  },
  { name: '01b-cluster-map-dense', path: '/map?cluster=openb', ready: '[data-cell] canvas' },
  { name: '01b-cluster-map-dense-status', path: '/map?cluster=openb&colour=status', ready: '[data-cell] canvas' },
  { name: '01c-cluster-map-table', path: '/map?cluster=openb&view=table', ready: 'td >> nth=0' },
  { name: '02-workloads', path: '/workloads?cluster=borealis', ready: '[data-workload="big"]' },
  {
    name: '02-workloads-selected',
    path: '/workloads?status=Running,Queued,Starting,Preempted&cluster=borealis',
    ready: '[data-workload="big"]',
    act: async (page) => {
      for (const key of ['j', 'j', 'j', 'x', 'j', 'x']) {
        await page.keyboard.press(key);
      }
    },
  },
  {
    name: '02-workloads-delete',
    path: '/workloads?cluster=borealis&q=train',
    ready: '[data-workload="train-7"]',
    act: async (page) => {
      await page.getByLabel('Select all rows of this page').check();
      await page.getByRole('button', { name: 'Delete…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: '02-workloads-none', path: '/workloads?q=no-such-thing', ready: 'text=match' },
  { name: '03-workload-explain', path: '/workloads/w-borealis-big', ready: '[data-explanation]' },
  { name: '03-workload-never', path: '/workloads/w-borealis-big-64', ready: '[data-explanation]' },
  { name: '03-workload-overview', path: '/workloads/w-borealis-train-7', ready: 'text=Asked, for each worker' },
  { name: '03-workload-pods', path: '/workloads/w-borealis-pretrain-xl?tab=pods', ready: 'text=pretrain-xl-1' },
  { name: '03-workload-logs', path: '/workloads/w-borealis-pretrain-xl?tab=logs', ready: 'text=step 400 loss 0.0050' },
  { name: '04-quotas', path: '/quotas?cluster=borealis', ready: '[data-quota="vision"]' },
  { name: '04-quotas-edit', path: '/quotas?cluster=borealis&edit=vision&field=quota&value=40000', ready: 'text=Deserved GPUs' },
  { name: '07-submit', path: '/workloads/new?from=w-borealis-big&set=workers&to=2', ready: 'input[name=name][value="big-2"]' },
  {
    name: '07-submit-complaints',
    path: '/workloads/new',
    ready: 'input[name=name]',
    act: async (page) => {
      await page.fill('input[name=name]', 'Big 2');
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.getByText('Use a–z').waitFor();
    },
  },
  {
    name: '10-palette',
    path: '/map?cluster=borealis',
    ready: '[data-tile="b-12"]',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search or jump' }).fill('vis');
      await page.getByRole('listbox', { name: 'Found' }).getByRole('option', { name: /vision/ }).first().waitFor();
    },
  },
  { name: '13-clusters', path: '/clusters', ready: '[data-cluster="lab"]' },
  {
    name: '13-clusters-join',
    path: '/clusters',
    ready: '[data-cluster="lab"]',
    act: async (page) => {
      await page.getByRole('button', { name: 'Join token for edge' }).click();
      await page.getByRole('button', { name: 'Make the token' }).click();
      await page.getByText('bt1.id-edge').first().waitFor();
    },
  },
  { name: '14-not-found', path: '/nowhere', ready: 'text=There is no page' },
];

let browser: Browser;
let mock: MockServer;
let base: string;

beforeAll(async () => {
  mock = new MockServer();
  base = await mock.start();
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await mock.stop();
});

describe.each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  it.each(VISITS)('$name has no violation and no complaint', async ({ name, path, ready, act }) => {
    const complaints: string[] = [];
    const page = await open(browser, theme, complaints);
    await page.goto(base + path);
    await page.locator(ready).first().waitFor();
    await act?.(page);
    await page.waitForTimeout(250);
    await shoot(page, `${name}-${theme}`);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows sign-in without violation, and what was wrong', async () => {
    mock.signedIn = false;
    const complaints: string[] = [];
    const page = await open(browser, theme, complaints);
    await page.goto(`${base}/workloads`);
    await page.getByRole('heading', { name: 'Sign in to Berth' }).waitFor();
    await page.waitForTimeout(150);
    await shoot(page, `11-sign-in-${theme}`);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Email').fill('alice@acme.dev');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Email or password is wrong.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Password', { exact: true }).fill('open sesame');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Workloads' }).waitFor();
    expect(page.url()).toBe(`${base}/workloads`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(VISITS.filter(({ name }) => /^(01-cluster-map|02-workloads|03-workload-explain|04-quotas|07-submit|13-clusters)$/.test(name)))(
    '$name loses nothing at a narrow width',
    async ({ name, path, ready }) => {
      const complaints: string[] = [];
      const page = await open(browser, theme, complaints, { width: 390, height: 844 });
      await page.goto(base + path);
      await page.locator(ready).first().waitFor({ state: 'attached' });
      await page.waitForTimeout(200);
      await shoot(page, `narrow-${name}-${theme}`);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.context().close();
    },
  );
});
