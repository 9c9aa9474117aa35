/** Writes big-endian numbers one after another, as font files want them. */
export class Bytes {
  readonly #values: number[] = [];

  get length(): number {
    return this.#values.length;
  }

  u8(...values: readonly number[]): this {
    for (const value of values) this.#values.push(value & 0xff);
    return this;
  }

  /** Signed and unsigned alike: two's complement. */
  u16(...values: readonly number[]): this {
    for (const value of values) this.u8(value >> 8, value);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) this.u16(value >>> 16, value);
    return this;
  }

  ascii(text: string): this {
    return this.append(new TextEncoder().encode(text));
  }

  /** Numbers of seven bits each, high ones first, as WOFF2 writes lengths. */
  base128(value: number): this {
    const groups = [value & 0x7f];
    for (let rest = value >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80);
    return this.u8(...groups);
  }

  append(bytes: Uint8Array): this {
    for (const byte of bytes) this.#values.push(byte);
    return this;
  }

  padTo4(): this {
    while (this.#values.length % 4 !== 0) this.#values.push(0);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#values);
  }
}
