import { existsSync, readFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it } from 'vitest';

const CONTRACT = '../tenant-api/spec/src/main/openapi/berth.yaml';

it.skipIf(!existsSync(CONTRACT))('schema.ts is what the contract generates (npm run generate)', async () => {
  const fresh = astToString(await openapiTS(readFileSync(CONTRACT, 'utf8'), { alphabetize: true }));
  expect(readFileSync('src/api/schema.ts', 'utf8').endsWith(fresh)).toBe(true);
});
