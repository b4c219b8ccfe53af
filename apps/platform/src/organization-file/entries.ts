import { createReadStream } from 'node:fs';
import { OrganizationFileError } from './file-error.ts';

/** One entry of the file: an element of a list, or a whole member such as `organization`. */
export interface Entry {
  /** Name of the member of the file. */
  readonly section: string;
  /** `clients[3]`, for errors. */
  readonly path: string;
  readonly value: () => unknown;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Where the reader stands: before the file's object, at a member's name, at its value, in a list, after a list, at the end. */
type Place = 'before' | 'name' | 'value' | 'list' | 'after' | 'end';

/**
 * Reads a JSON file of one object entry by entry, so that a file of any length takes the memory of its longest entry.
 * Only finds where entries begin and end; each is then read by `JSON.parse`.
 * @throws OrganizationFileError for what is not JSON, naming the entry
 */
export async function* entriesOf(file: string): AsyncGenerator<Entry> {
  const split = splitter();
  for await (const chunk of piecesOf(file)) yield* split.read(chunk);
  split.end();
}

async function* piecesOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) yield chunk as Buffer;
  } catch (cause) {
    throw new OrganizationFileError('', `${file} cannot be read`, { cause });
  }
}

function splitter() {
  let place: Place = 'before';
  let section = '';
  let index = 0;
  // What is being collected: pieces of earlier chunks, how deep it is nested, whether a string is open.
  let pieces: Buffer[] = [];
  let depth = 0;
  let inString = false;
  let escaped = false;

  const here = (): string => (place === 'list' ? `${section}[${index}]` : section);
  const broken = (): OrganizationFileError => new OrganizationFileError(here(), 'is not valid JSON');

  const collected = (last: Buffer): Buffer => {
    const all = pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
    pieces = [];
    return all;
  };
  const entry = (json: Buffer): Entry => {
    const path = here();
    return { section, path, value: () => parse(json, path) };
  };

  function* read(chunk: Buffer): Generator<Entry> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
        continue;
      }
      if (place === 'before' || place === 'after' || place === 'end') {
        if (isBlank(byte) || (place === 'before' && isByteOrderMark(byte))) continue;
        if (place === 'before' && byte === openBrace) place = 'name';
        else if (place === 'after' && byte === comma) place = 'name';
        else if (place === 'after' && byte === closeBrace) place = 'end';
        else throw broken();
        from = at + 1;
        continue;
      }
      if (byte === quote) inString = true;
      else if (
        place === 'value' &&
        depth === 0 &&
        byte === openBracket &&
        isEmpty(collected(chunk.subarray(from, at)))
      ) {
        [place, index, from] = ['list', 0, at + 1];
      } else if (byte === openBrace || byte === openBracket) depth += 1;
      else if (depth > 0) {
        if (byte === closeBrace || byte === closeBracket) depth -= 1;
      } else if (place === 'name') {
        if (byte === colon) {
          const name = parse(collected(chunk.subarray(from, at)), 'a member');
          if (typeof name !== 'string') throw broken();
          [place, section, from] = ['value', name, at + 1];
        } else if (byte === closeBrace) {
          if (!isEmpty(collected(chunk.subarray(from, at)))) throw broken();
          place = 'end';
        } else if (byte === comma) throw broken();
      } else if (place === 'value') {
        if (byte !== comma && byte !== closeBrace) continue;
        yield entry(collected(chunk.subarray(from, at)));
        [place, from] = [byte === comma ? 'name' : 'end', at + 1];
      } else if (byte === comma || byte === closeBracket) {
        const json = collected(chunk.subarray(from, at));
        if (!(byte === closeBracket && index === 0 && isEmpty(json))) yield entry(json);
        index += 1;
        from = at + 1;
        if (byte === closeBracket) place = 'after';
      }
    }
    if (place === 'name' || place === 'value' || place === 'list') pieces.push(chunk.subarray(from));
  }

  return {
    read,
    end: (): void => {
      if (place !== 'end') throw new OrganizationFileError(here(), 'ends too early: the file is not complete');
    },
  };
}

const isByteOrderMark = (byte: number): boolean => byte === 0xef || byte === 0xbb || byte === 0xbf;
const isEmpty = (json: Buffer): boolean => json.every(isBlank);

function parse(json: Buffer, path: string): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    // The parser's own message quotes the text, which can be a secret.
    throw new OrganizationFileError(path, 'is not valid JSON');
  }
}
