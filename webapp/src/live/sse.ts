/** One message of an event stream (WHATWG HTML §9.2). */
export interface Message {
  id: string | null;
  event: string;
  data: string;
}

/** What has been read of a stream so far. */
export interface Reading {
  rest: string;
  id: string | null;
  event: string;
  data: readonly string[];
}

export const EMPTY: Reading = { rest: '', id: null, event: '', data: [] };

/** A message longer than this is refused: nothing in the contract is nearly as long. */
export const LONGEST = 4 * 1024 * 1024;

/** Takes the next piece of text, and gives the messages that it completes. Comments (heartbeats) give none. */
export function read(reading: Reading, text: string): { reading: Reading; messages: Message[] } {
  const lines = (reading.rest + text).split(/\r\n|\n|\r(?!$)/);
  const rest = lines.pop() ?? '';
  if (rest.length > LONGEST) {
    throw new RangeError('A message of the event stream is too long.');
  }
  const messages: Message[] = [];
  let { id, event } = reading;
  let data = [...reading.data];
  for (const line of lines) {
    if (line === '') {
      if (data.length > 0) {
        messages.push({ id, event, data: data.join('\n') });
      }
      event = '';
      data = [];
      continue;
    }
    const { name, value } = field(line);
    if (name === 'data') {
      data.push(value);
    } else if (name === 'event') {
      event = value;
    } else if (name === 'id' && !value.includes('\0')) {
      id = value;
    }
  }
  return { reading: { rest, id, event, data }, messages };
}

function field(line: string): { name: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) {
    return { name: line, value: '' };
  }
  const value = line.slice(colon + 1);
  return { name: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}
