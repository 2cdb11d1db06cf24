/** The part of gifenc that is used; the package has no types of its own. */
declare module 'gifenc' {
  export type GifPalette = readonly (readonly [red: number, green: number, blue: number])[];

  /** @param rgba [pixels, 4] */
  export function quantize(rgba: Uint8ClampedArray, maxColors: number): GifPalette;
  /** Index of the nearest colour for each pixel. */
  export function applyPalette(rgba: Uint8ClampedArray, palette: GifPalette): Uint8Array;
  export function GIFEncoder(): {
    /** @param options.delay milliseconds, of which GIF keeps hundredths of a second */
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: { readonly palette: GifPalette; readonly delay: number },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
