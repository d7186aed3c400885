import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { LiveEvent } from '../../src/live/events';
import { answer, type Answer } from './routes';
import { newest } from './organisation';
import { world, type World } from './world';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const BUILT = 'target/classes/META-INF/resources/console';

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

/** An API of the contract's shape over a small world, with the built console on the same port. */
export class MockServer {
  world: World = world();
  /** The token of the one-time link; it works once. */
  linkToken: string | null = 'once';
  signedIn = true;
  /** With it the event stream breaks and does not come back. */
  down = false;
  /** With it every reading of objects fails on the server's side. */
  ill = false;
  /** With it nothing that is submitted is ever decided. */
  deaf = false;
  role: 'admin' | 'researcher' = 'admin';
  private readonly streams = new Set<ServerResponse>();
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private heartbeat: ReturnType<typeof setInterval> | undefined;

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    this.heartbeat = setInterval(() => this.streams.forEach((stream) => stream.write(': heartbeat\n\n')), 5000);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    clearInterval(this.heartbeat);
    this.cut();
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** Ends all event streams. */
  cut(): void {
    this.streams.forEach((stream) => stream.end());
    this.streams.clear();
  }

  send(events: readonly LiveEvent[]): void {
    const text = events.map((event) => `id: ${newest()}\nevent: change\ndata: ${JSON.stringify(event)}\n\n`).join('');
    this.streams.forEach((stream) => stream.write(text));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock');
    if (!url.pathname.startsWith('/api/')) {
      await this.file(url.pathname, response);
    } else if (url.pathname === '/api/v1/watch') {
      this.watch(response);
    } else {
      const body = await text(request);
      const given = answer(this, request.method ?? 'GET', url, request.headers, body === '' ? null : (JSON.parse(body) as unknown));
      reply(response, given);
    }
  }

  private watch(response: ServerResponse): void {
    if (this.down) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': welcome\n\n');
    this.streams.add(response);
    response.on('close', () => this.streams.delete(response));
  }

  private async file(path: string, response: ServerResponse): Promise<void> {
    const safe = normalize(path).replace(/^(\.\.[/\\])+/, '');
    const name = extname(safe) === '' ? 'index.html' : safe;
    try {
      const body = await readFile(join(BUILT, name));
      response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream', 'Content-Security-Policy': CSP, 'X-Content-Type-Options': 'nosniff' });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  }
}

function reply(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  if (typeof body === 'string') {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', ...headers }).end(body);
    return;
  }
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, { 'Content-Type': type, 'Content-Encoding': 'gzip', 'X-Request-Id': 'req-1', ...headers });
  response.end(gzipSync(JSON.stringify(body), { level: 1 }));
}

async function text(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString('utf8');
}
