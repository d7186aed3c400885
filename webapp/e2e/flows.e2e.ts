import type { Browser, Page } from 'playwright-core';
import assert from 'node:assert';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, open, shoot, violations } from './browser';
import { MockServer } from './mock/server';
import { touch } from './mock/world';
import { workload } from './mock/workloads';

let browser: Browser;
let mock: MockServer;
let base: string;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

beforeEach(async () => {
  mock = new MockServer();
  base = await mock.start();
  complaints = [];
  page = await open(browser, 'light', complaints);
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.context().close();
  await mock.stop();
});

describe('signing in', () => {
  it('takes the one-time token out of the address before anything is sent', async () => {
    mock.signedIn = false;
    const seen: string[] = [];
    page.on('request', (request) => seen.push(`${request.url()} ${request.headers()['referer'] ?? ''}`));
    await page.goto(`${base}/?token=once`);
    await page.getByRole('heading', { name: 'Cluster map' }).waitFor();
    expect(new URL(page.url()).search).toBe('');
    expect(seen.slice(1).filter((line) => line.includes('token='))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))).not.toContain('once');
  });

  it('says so when the link was used before', async () => {
    mock.signedIn = false;
    mock.linkToken = null;
    await page.goto(`${base}/?token=once`);
    await page.getByText('The link was used before').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('goes back to sign-in when the session ends', async () => {
    await page.goto(`${base}/workloads`);
    await page.getByRole('heading', { name: 'Workloads' }).waitFor();
    await page.getByText('Account of Alice Kim').locator('..').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to Berth' }).waitFor();
  });
});

describe('the table of workloads', () => {
  it('keeps filters, sorting and page in the address, and the back button works', async () => {
    await page.goto(`${base}/workloads`);
    await page.locator('tbody tr').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('status:queued');
    await page.keyboard.press('Enter');
    await page.locator('[data-total="4"]').waitFor();
    await page.getByRole('button', { name: 'Name' }).click();
    await page.waitForURL(/sort=-name/);
    expect(page.url()).toBe(`${base}/workloads?status=Queued&sort=-name`);
    const names = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-workload')));
    expect(names).toEqual(['index-v4', 'eval-3', 'big-64', 'big']);
    await page.reload();
    await page.locator('[data-total="4"]').waitFor();
    await page.goBack();
    await page.waitForURL(`${base}/workloads?status=Queued`);
    await page.locator('[data-status="Queued"]').click();
    await page.waitForURL(`${base}/workloads`);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.waitForURL(/cursor=50/);
    await page.getByText('Rows 51–100').waitFor();
  });

  it('patches a row in place and counts new ones without moving any', async () => {
    await page.goto(`${base}/workloads?cluster=borealis`);
    await page.locator('[data-workload="big"]').waitFor();
    const order = (): Promise<(string | null)[]> => page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-workload')));
    const before = await order();
    const big = mock.world.workloads.get('w-borealis-big');
    if (big === undefined) {
      throw new Error('The world has no big.');
    }
    const at = Date.now();
    mock.send([
      { topic: 'workloads', type: 'MODIFIED', object: touch(big, { phase: 'Starting', reason: '' }) },
      { topic: 'workloads', type: 'ADDED', object: workload({ name: 'fresh', project: 'nlp', cluster: 'borealis', phase: 'Queued', minutes: 0 }) },
    ]);
    await page.locator('[data-workload="big"]').getByText('Starting').waitFor();
    expect(Date.now() - at).toBeLessThan(1500);
    await page.getByRole('button', { name: '1 new · show' }).waitFor();
    expect(await order()).toEqual(before);
    await shoot(page, '02-workloads-new-light');
    expect(await violations(page)).toEqual([]);
  });

  it('stops what is selected, with the keyboard alone', async () => {
    await page.goto(`${base}/workloads?cluster=borealis&q=train-7`);
    await page.locator('[data-workload="train-7"]').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    const stop = page.getByRole('button', { name: 'Stop…' });
    await stop.waitFor();
    await stop.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Ends 1 running workload and frees 6 GPUs.').waitFor();
    const confirm = page.getByRole('dialog').getByRole('button', { name: 'Stop' });
    await confirm.focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-workload="train-7"]').getByText('Stopping').waitFor();
  });
});

describe('staleness', () => {
  it('is written and dims the page when the stream is lost, and ends when it is back', async () => {
    await page.goto(`${base}/workloads?cluster=borealis`);
    await page.getByText('Live', { exact: true }).waitFor();
    mock.down = true;
    mock.cut();
    await page.getByText(/as of \d\d:\d\d:\d\d, reconnecting/).waitFor({ timeout: 14_000 });
    await page.waitForTimeout(300);
    expect(await page.locator('main > div').evaluate((content) => getComputedStyle(content).opacity)).toBe('0.6');
    await shoot(page, '15-stale-light');
    mock.down = false;
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 14_000 });
    complaints = complaints.filter((complaint) => !complaint.includes('503'));
  });
});

describe('submitting', () => {
  it('shows the server’s complaint at its field, and leads to the workload when all is well', async () => {
    await page.goto(`${base}/workloads/new`);
    await page.fill('input[name=name]', 'hello-2');
    await page.fill('input[name=memory]', '9999999');
    await page.keyboard.press('Control+Enter');
    await page.getByText('At most 1,000,000 MiB on a node.').waitFor();
    await page.fill('input[name=memory]', '16');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('heading', { name: 'hello-2' }).waitFor();
    await page.locator('[data-phase="Queued"]').waitFor();
    await page.getByText('The scheduler has not looked at it yet').waitFor();
  });

  it('makes the change that an explanation proposes', async () => {
    await page.goto(`${base}/workloads/w-borealis-big`);
    await page.getByRole('link', { name: 'Edit', exact: true }).first().click();
    await page.locator('input[name=name][value="big-2"]').waitFor();
    expect(await page.inputValue('input[name=workers]')).toBe('2');
    expect(await page.inputValue('select[name=project]')).toBe('vision');
  });
});

describe('quotas', () => {
  it('shows what is held and asked on the cluster that is chosen, as the explanation does', async () => {
    const numbers = async (): Promise<string[]> => (await page.locator('[data-quota="vision"] td.num').allInnerTexts()).slice(2, 4);
    await page.goto(`${base}/quotas?cluster=borealis`);
    await page.locator('[data-quota="vision"]').waitFor();
    expect(await numbers()).toEqual(['8', '44']);
    await page.goto(`${base}/quotas?cluster=lab`);
    await page.locator('[data-quota="vision"]').waitFor();
    expect(await numbers()).toEqual(['0', '0']);
    await page.goto(`${base}/workloads/w-borealis-big`);
    expect(await page.locator('[title="holds"] + span').innerText()).toBe('8');
  });

  it('follows usage that changes without a new version of the project', async () => {
    await page.goto(`${base}/quotas?cluster=lab`);
    const row = page.locator('[data-quota="vision"]');
    await row.waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const vision = mock.world.projects.find(({ metadata }) => metadata.name === 'vision');
    assert(vision !== undefined);
    const usage = [{ cluster: 'lab', nodePool: 'default', allocatedGpuMilli: 3000, requestedGpuMilli: 5000, running: 1, queued: 1 }];
    mock.send([{ topic: 'projects', type: 'MODIFIED', object: { ...vision, status: { ...vision.status, usage } } }]);
    await row.locator('td.num', { hasText: /^5$/ }).waitFor();
    expect((await row.locator('td.num').allInnerTexts()).slice(2, 4)).toEqual(['3', '5']);
  });

  it('raises a quota from the explanation, and shows another’s change before it overwrites it', async () => {
    await page.goto(`${base}/workloads/w-borealis-big`);
    await page.getByRole('link', { name: 'Try it' }).click();
    const deserved = page.getByLabel('Deserved GPUs');
    await deserved.waitFor();
    expect(await deserved.inputValue()).toBe('40');
    const vision = mock.world.projects.find(({ metadata }) => metadata.name === 'vision');
    if (vision !== undefined) {
      vision.metadata = { ...vision.metadata, etag: '"other"' };
      vision.spec.quotas = [{ cluster: 'borealis', nodePool: 'default', priority: 100, gpuMilli: { quota: 30_000, limit: -1, overQuotaWeight: 1 } }];
    }
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody changed it meanwhile: deserved 30').waitFor();
    await shoot(page, '04-quotas-conflict-light');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('vision: the quota is saved.').waitFor();
    expect(mock.world.projects.find(({ metadata }) => metadata.name === 'vision')?.spec.quotas?.[0]?.gpuMilli?.quota).toBe(40_000);
  });

  it('is locked for a researcher, who is told why', async () => {
    mock.role = 'researcher';
    await page.goto(`${base}/quotas?cluster=borealis`);
    const edit = page.getByRole('button', { name: 'Edit the quota of vision' });
    await edit.waitFor();
    expect(await edit.getAttribute('title')).toBe('Needs the role manager');
    await edit.click({ force: true });
    expect(await page.getByLabel('Deserved GPUs').count()).toBe(0);
  });
});

describe('the map', () => {
  it('is read with arrow keys, and a click opens the workload', async () => {
    await page.goto(`${base}/map?cluster=openb`);
    await page.locator('[data-cell] canvas').first().waitFor();
    await page.getByRole('application').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown']) {
      await page.keyboard.press(key);
    }
    await page.getByText(/o-0000, GPU 5 of 8/).waitFor({ state: 'attached' });
    await page.locator('canvas').last().click({ position: { x: 40, y: 28 } });
    await page.waitForURL(/workloads\/w-openb/);
  });

  it('follows a workload that starts', async () => {
    await page.goto(`${base}/map?cluster=borealis`);
    await page.locator('[data-held="77000"]').waitFor();
    const big = mock.world.workloads.get('w-borealis-big');
    if (big === undefined) {
      throw new Error('The world has no big.');
    }
    const pods = ['b-03', 'b-09'].map((node, index) => ({ name: `big-${index}`, node, gpus: [0, 1, 2, 3, 4, 5, 6, 7], gpuMilli: 1000, phase: 'Running' }));
    mock.send([{ topic: 'workloads', type: 'MODIFIED', object: touch(big, { phase: 'Running', pods, podCounts: { Running: 2 } }) }]);
    await page.locator('[data-held="93000"]').waitFor();
    await page.locator('[data-tile="b-03"]').getByText('big').waitFor();
  });
});
