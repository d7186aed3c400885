// Writes src/api/schema.ts from the API's contract. Run after the contract has changed: npm run generate [FILE]
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';

const source = process.argv[2] ?? '../tenant-api/spec/src/main/openapi/berth.yaml';
const tree = await openapiTS(await readFile(source, 'utf8'), { alphabetize: true });
const head = '// Generated from tenant-api/spec (npm run generate). Do not edit.\n';
await writeFile('src/api/schema.ts', head + astToString(tree));
