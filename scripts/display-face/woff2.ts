import { brotliCompressSync, constants } from 'node:zlib';
import { Bytes } from './bytes.ts';
import type { Table } from './font-tables.ts';

/** W3C WOFF File Format 2.0: a directory, then all tables as one brotli stream. */

const knownTags = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'cvt ', 'fpgm', 'glyf', 'loca'];
const kernTag = 19;
/** Outlines may be rewritten for size; version 3 says that ours are not. */
const untransformed = 3 << 6;

export function woff2(tables: readonly Table[]): Uint8Array {
  const directory = new Bytes();
  const contents = new Bytes();
  for (const { tag, bytes } of tables) {
    const index = tag === 'kern' ? kernTag : knownTags.indexOf(tag);
    if (index < 0) throw new Error(`No short name for table ${tag}`);
    directory.u8(tag === 'glyf' || tag === 'loca' ? index | untransformed : index).base128(bytes.length);
    contents.append(bytes);
  }
  const stream = brotliCompressSync(contents.done(), {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_FONT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    },
  });
  const headerLength = 48;
  const body = new Bytes().append(directory.done()).append(stream);
  while ((headerLength + body.length) % 4 !== 0) body.u8(0);
  const padded = (length: number) => Math.ceil(length / 4) * 4;
  const sfntLength = tables.reduce((sum, { bytes }) => sum + padded(bytes.length), 12 + 16 * tables.length);
  return new Bytes()
    .ascii('wOF2')
    .u32(0x00010000, headerLength + body.length)
    .u16(tables.length, 0)
    .u32(sfntLength, stream.length)
    .u16(1, 0)
    .u32(0, 0, 0, 0, 0)
    .append(body.done())
    .done();
}
